"""The bins of a feature's values: what was trained on and what is asked are compared by how they fill them.

Numbers have the bins between the training rows' deciles, each with its upper end; deciles that are equal make one bin.
Truths have one bin for each. Categories have one each up to ten; more are taken together, in their order, since sparse
bins differ by chance alone. Source of the deciles: N. Siddiqi, Credit Risk Scorecards, 2006, whose stability report has
ten classes.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from serving.store import Feature

MISSING, UNSEEN = "(missing)", "(unseen)"
MOST_CATEGORIES = 10  # in bins of their own


class Bins:
    """`names` are the bins of one feature, in order; missing values and unseen categories have theirs at the end."""

    def __init__(self, feature: Feature) -> None:
        self._kind = feature.kind
        self._edges = np.unique(feature.quantiles[1:-1])
        self._categories = len(feature.categories)
        self._width = -(-self._categories // MOST_CATEGORIES) or 1
        values: list[str]
        if feature.kind == "number":
            values = _between([repr(float(edge)) for edge in self._edges])
        elif feature.kind == "boolean":
            values = ["false", "true"]
        else:
            values = [*_together(feature.categories, self._width), UNSEEN]
        self._present = len(values)
        self.names = (*values, MISSING) if feature.nullable else tuple(values)

    def count(self, values: NDArray[np.float64]) -> NDArray[np.intp]:
        """(bins,): how many of the values, (rows,), each bin holds. They are encoded as engines take them.

        What a client of the protocol may send besides is counted too: any number for a category is one never seen.
        """
        missing = np.isnan(values)
        present = values[~missing]
        if self._kind == "number":
            places = np.searchsorted(self._edges, present)
        elif self._kind == "boolean":
            places = (present >= 0.5).astype(np.intp)
        else:
            seen = (present >= 0) & (present < self._categories)
            places = np.where(seen, present, 0).astype(np.intp) // self._width
            places[~seen] = self._present - 1
        counts = np.bincount(places, minlength=self._present)
        return np.append(counts, missing.sum()) if len(self.names) > self._present else counts


def _between(edges: list[str]) -> list[str]:
    """`<=1.0`, `1.0 to 2.0`, `>2.0`; a table so small that its deciles are its ends has one bin only."""
    if not edges:
        return ["all"]
    inner = [f"{low} to {high}" for low, high in pairwise(edges)]
    return [f"<={edges[0]}", *inner, f">{edges[-1]}"]


def _together(categories: tuple[str, ...], width: int) -> list[str]:
    """The names of the bins of so many categories each."""
    groups = (categories[start : start + width] for start in range(0, len(categories), width))
    names = [group[0] if len(group) == 1 else f"{group[0]} to {group[-1]}" for group in groups]
    return [f"category {name}" if name in (MISSING, UNSEEN) else name for name in names]
