"""How load rises and falls over a run, drawn as lines between points."""

from collections.abc import Sequence
from itertools import pairwise

Points = Sequence[tuple[float, float]]
"""(share of the time, share of the peak), from 0 to 1; two at the same time are a jump."""


def height(points: Points, share: float) -> float:
    """The share of the peak at this share of the time."""
    for (start, low), (end, high) in pairwise(points):
        if start <= share < end:
            return low + (high - low) * (share - start) / (end - start)
    return points[-1][1]
