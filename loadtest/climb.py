"""Step after step with more users, until one breaks: the step before it is the knee."""

from collections.abc import Sequence
from dataclasses import dataclass

from loadtest.figures import Counts, Figures, between
from loadtest.limits import Limits
from loadtest.verdict import kept_below

SETTLE = 0.5  # of a step, before its figures count: until then its users arrive
LEAST_JUDGED = 200  # requests of a step, before its gain over the one before it is more than chance
LEAST_GAIN = 0.5  # of the growth in users, as growth in requests/s
STEPS = 12  # at most
GROWTH = 1.5  # of the users, from step to step


def sizes_up_to(peak: int) -> list[int]:
    """The users of each step; fewer steps than `STEPS` where so few users would make some of them equal."""
    return sorted({max(1, round(peak / GROWTH**left)) for left in range(STEPS)})


@dataclass(frozen=True)
class Step:
    """`broke` says why it did, and is empty where it held."""

    users: int
    figures: Figures
    broke: str


class Climb:
    """Is told the time and the counts now and then, and tells how many users there should be."""

    def __init__(self, sizes: Sequence[int], step_s: float, limits: Limits) -> None:
        self.steps: list[Step] = []
        self._sizes = sizes
        self._step_s = step_s
        self._limits = limits
        self._began_s = 0.0
        self._settled: Counts | None = None

    @property
    def knee(self) -> Step | None:
        """The last step that held."""
        return next((step for step in reversed(self.steps) if not step.broke), None)

    def users(self, counts: Counts) -> int | None:
        """For now; None when it is over: a step broke, or all held."""
        within = counts.at_s - self._began_s
        if self._settled and within >= self._step_s:
            self._end_step(between(self._settled, counts))
            self._began_s, self._settled, within = counts.at_s, None, 0.0
        if len(self.steps) == len(self._sizes) or (self.steps and self.steps[-1].broke):
            return None
        if self._settled is None and within >= SETTLE * self._step_s:
            self._settled = counts
        return self._sizes[len(self.steps)]

    def words(self) -> str:
        """One line a step, and the knee."""
        lines = [
            f"{step.users:>6} users {step.figures.requests_per_s:>8,.1f} requests/s"
            f"  p95 {step.figures.p95_ms:>6,.0f} ms  failed {step.figures.fail_ratio:>6.2%}  {step.broke or 'held'}"
            for step in self.steps
        ]
        return "\n".join([*lines, self._knee_words()])

    def _knee_words(self) -> str:
        if not self.knee:
            return "no knee: not even the first step held" if self.steps else "interrupted in the first step"
        if len(self.steps) < len(self._sizes) and not self.steps[-1].broke:
            return f"interrupted after {len(self.steps)} of {len(self._sizes)} steps"
        at = f"{self.knee.users} users, {self.knee.figures.requests_per_s:,.1f} requests/s"
        return f"the knee: {at}" if self.steps[-1].broke else f"no knee: all steps held, the last with {at}"

    def _end_step(self, figures: Figures) -> None:
        users = self._sizes[len(self.steps)]
        missed = [f"{each.what} {each.measured:g}" for each in kept_below(figures, self._limits) if not each.met]
        enough = self.steps and min(figures.requests, self.steps[-1].figures.requests) >= LEAST_JUDGED
        if not missed and enough and self._gain(users, figures) < LEAST_GAIN:
            missed = [f"{users / self.steps[-1].users:.2g} times the users brought too few requests/s more"]
        self.steps.append(Step(users, figures, ", ".join(missed)))

    def _gain(self, users: int, figures: Figures) -> float:
        before = self.steps[-1]
        rate = before.figures.requests_per_s
        growth = figures.requests_per_s / rate - 1 if rate else 0.0
        return growth / (users / before.users - 1)
