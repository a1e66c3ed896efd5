"""A process's memory over time, and whether it is flat after the first minute."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

SETTLED_S = 60
SETTLED_SHARE = 0.2  # of a run that is too short for a minute to settle in
GROWTH_SHARE, GROWTH_MB = 0.05, 5  # what may be added afterwards: noise is below one of them
AT_AN_END = 3  # samples whose median stands for an end of the run


@dataclass
class Memory:
    """Samples in the order they were taken: seconds since the load began, and megabytes."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def add(self, seconds: float, megabytes: float) -> None:
        self.seconds.append(seconds)
        self.megabytes.append(megabytes)

    def figures(self) -> dict[str, float]:
        """In megabytes: the least and the most of all, the first and the last once settled, and the slope per hour."""
        settled, seconds = self._settled()
        hours = np.array(seconds) / 3600
        return {
            "min": min(self.megabytes),
            "max": max(self.megabytes),
            "after_first_minute": statistics.median(settled[:AT_AN_END]),
            "last": statistics.median(settled[-AT_AN_END:]),
            "per_hour": float(np.polyfit(hours, settled, 1)[0]) if len(settled) > 1 else 0.0,
        }

    def flat(self) -> bool:
        """False where it grew by more than 5 % and 5 MB once settled."""
        figures = self.figures()
        first, grown = figures["after_first_minute"], figures["last"] - figures["after_first_minute"]
        return not (grown > GROWTH_MB and grown > GROWTH_SHARE * first)

    def _settled(self) -> tuple[Sequence[float], Sequence[float]]:
        start = min(SETTLED_S, SETTLED_SHARE * self.seconds[-1])
        first = next(index for index, second in enumerate(self.seconds) if second >= start)
        return self.megabytes[first:], self.seconds[first:]
