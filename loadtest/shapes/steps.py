"""Half as many users again, twelve times at most, until a step breaks: the last one that held is the knee."""

from dataclasses import asdict
from typing import Any

from loadtest.climb import Climb
from loadtest.figures import Counts, Figures, between, counts_of
from loadtest.limits import limits_of
from loadtest.shape import Shape, Tick

STEPS = 12
GROWTH = 1.5


class Steps(Shape):
    """`seconds` are those of all steps; it ends earlier when one breaks."""

    users = 900
    seconds = 240
    _climb: Climb | None = None

    def reset_time(self) -> None:
        super().reset_time()
        self._climb = None

    def tick(self) -> Tick | None:
        total = self.runner.stats.total  # type: ignore[union-attr]  # it ticks in a runner
        users = self.climb.users(counts_of(total, self.get_run_time()))
        return None if users is None else self._to(users)

    @property
    def climb(self) -> Climb:
        if self._climb is None:
            sizes = [max(1, round(self.peak / GROWTH**left)) for left in reversed(range(STEPS))]
            self._climb = Climb(sizes, self.duration_s / STEPS, limits_of("steps", self._options.limit))
        return self._climb

    def judged_figures(self, total: Any) -> Figures:
        """Those of the last step that held, else of the first."""
        step = self.climb.knee or next(iter(self.climb.steps), None)
        return step.figures if step else between(Counts(), Counts())

    def findings(self) -> dict[str, Any]:
        knee = self.climb.knee
        return {"knee": asdict(knee) if knee else None, "steps": [asdict(step) for step in self.climb.steps]}

    def words(self) -> str:
        return self.climb.words()
