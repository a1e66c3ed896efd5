"""Half as many users again, step after step, until one breaks: the last one that held is the knee."""

from dataclasses import asdict
from typing import Any

from loadtest.climb import Climb, sizes_up_to
from loadtest.figures import Counts, Figures, between, counts_of
from loadtest.limits import limits_of
from loadtest.shape import Shape, Tick


class Steps(Shape):
    """`seconds` are those of all steps; it ends earlier when one breaks."""

    users = 3000
    seconds = 360
    _climb: Climb | None = None

    def reset_time(self) -> None:
        super().reset_time()
        self._climb = None

    def _users(self) -> Tick | None:
        total = self.runner.stats.total  # type: ignore[union-attr]  # it ticks in a runner
        users = self.climb.users(counts_of(total, self.get_run_time()))
        return None if users is None else self._to(users)

    @property
    def climb(self) -> Climb:
        if self._climb is None:
            sizes = sizes_up_to(self.peak)
            self._climb = Climb(sizes, self.duration_s / len(sizes), limits_of("steps", self._options.limit))
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
