"""What the shapes of load have in common: -u is the number of users at the peak, -t how long it lasts."""

from typing import Any, ClassVar

from locust import LoadTestShape

from loadtest.figures import Counts, Figures, between, counts_of
from loadtest.outline import Points, height

Tick = tuple[int, float]
MOST_A_SECOND = 100  # users that start or end: of more, Locust warns


class Shape(LoadTestShape):
    """Its outline is drawn by `points`."""

    abstract = True
    use_common_options = True
    users: ClassVar[int]
    seconds: ClassVar[float]
    points: ClassVar[Points] = ((0, 1), (1, 1))

    def __init__(self) -> None:
        super().__init__()
        self.bugs: list[str] = []

    @property
    def peak(self) -> int:
        return int(self._options.num_users or self.users)

    @property
    def duration_s(self) -> float:
        return float(self._options.run_time or self.seconds)

    def tick(self) -> Tick | None:
        """Locust's question for the users of now. What goes wrong here would end the run without a word."""
        try:
            return self._users()
        except Exception as error:  # noqa: BLE001 - whatever it is, the verdict names it
            self.bugs.append(f"the shape failed: {error!r}")
            return None

    def _users(self) -> Tick | None:
        """The users of now, and how many may start a second; None when the run is over."""
        share = self.get_run_time() / self.duration_s
        return self._to(max(1, round(self.peak * height(self.points, share)))) if share < 1 else None

    def judged_figures(self, total: Any) -> Figures:
        """What the verdict is about: here the whole run. `total` are Locust's statistics of all requests."""
        return between(Counts(), counts_of(total))

    def findings(self) -> dict[str, Any]:
        """What the report tells besides."""
        return {}

    def words(self) -> str:
        """The findings, to print."""
        return ""

    def _to(self, users: int) -> Tick:
        """That many users, at once."""
        return users, min(self.peak, MOST_A_SECOND)

    @property
    def _options(self) -> Any:
        return self.runner.environment.parsed_options  # type: ignore[union-attr]  # it is asked in a runner
