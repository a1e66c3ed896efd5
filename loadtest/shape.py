"""What the shapes of load have in common: -u is the number of users at the peak, -t how long it lasts."""

from typing import Any, ClassVar

from locust import LoadTestShape

from loadtest.figures import Counts, Figures, between, counts_of

Tick = tuple[int, float]


class Shape(LoadTestShape):
    """`points` are (share of the time, share of the peak), joined by lines."""

    abstract = True
    use_common_options = True
    users: ClassVar[int]
    seconds: ClassVar[float]
    points: ClassVar[tuple[tuple[float, float], ...]] = ((0, 1), (1, 1))

    @property
    def peak(self) -> int:
        return int(self._options.num_users or self.users)

    @property
    def duration_s(self) -> float:
        return float(self._options.run_time or self.seconds)

    def tick(self) -> Tick | None:
        share = self.get_run_time() / self.duration_s
        return (max(1, round(self.peak * self._height(share))), self.peak) if share < 1 else None

    def judged_figures(self, total: Any) -> Figures:
        """What the verdict is about: here the whole run. `total` are Locust's statistics of all requests."""
        return between(Counts(), counts_of(total))

    def findings(self) -> dict[str, Any]:
        """What the report tells besides."""
        return {}

    def words(self) -> str:
        """The findings, to print."""
        return ""

    @property
    def _options(self) -> Any:
        return self.runner.environment.parsed_options if self.runner else None

    def _height(self, share: float) -> float:
        for (start, low), (end, high) in zip(self.points, self.points[1:], strict=False):
            if start <= share < end:
                return low + (high - low) * (share - start) / (end - start)
        return self.points[-1][1]
