"""The bins of a feature's values: what was trained on and what is asked are compared by how they fill them.

Numbers have the bins between the training rows' deciles, each with its upper end; deciles that are equal make one bin.
Categories and truths have one bin for each value. Source of the deciles: N. Siddiqi, Credit Risk Scorecards, 2006,
whose stability report has ten classes.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from serving.store import Feature

MISSING, UNSEEN = "(missing)", "(unseen)"


class Bins:
    """`names` are the bins of one feature, in order; missing values and unseen categories have theirs at the end."""

    def __init__(self, feature: Feature) -> None:
        self._edges = np.unique(feature.quantiles[1:-1]) if feature.kind == "number" else None
        values: list[str]
        if self._edges is not None:
            values = _between([f"{edge:.10g}" for edge in self._edges])
        elif feature.kind == "boolean":
            values = ["false", "true"]
        else:
            values = [*feature.categories, UNSEEN]
        self._present = len(values)
        self.names = (*values, MISSING) if feature.nullable else tuple(values)

    def count(self, values: NDArray[np.float64]) -> NDArray[np.intp]:
        """(bins,): how many of the values, (rows,), each bin holds. They are encoded as engines take them."""
        missing = np.isnan(values)
        present = values[~missing]
        if self._edges is None:
            places = present.astype(np.intp)
            places[places < 0] = self._present - 1  # a category that was never seen
        else:
            places = np.searchsorted(self._edges, present)
        counts = np.bincount(places, minlength=self._present)
        return np.append(counts, missing.sum()) if len(self.names) > self._present else counts


def _between(edges: list[str]) -> list[str]:
    """`<=1`, `1 to 2`, `>2`; a table so small that its deciles are its ends has one bin only."""
    if not edges:
        return ["all"]
    inner = [f"{low} to {high}" for low, high in pairwise(edges)]
    return [f"<={edges[0]}", *inner, f">{edges[-1]}"]
