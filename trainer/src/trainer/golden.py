"""Golden rows: inputs whose probabilities a release records, so that every engine can be held to them."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from serving.store import Feature

from trainer.recipe import SEED
from trainer.table import Table
from trainer.trainable import Rows

FROM_TABLE, RANDOM, CORNERS = 128, 64, 62
SHARE_UNUSUAL = 0.1  # of the random values: a category never seen; a missing value, where it may be missing


def golden_rows(table: Table) -> Rows:
    """At most 256 rows: some of the table's, random ones in range, all-min, all-max, and random corners."""
    random = np.random.default_rng(SEED)
    rows = table.rows
    chosen = np.sort(random.permutation(len(rows))[:FROM_TABLE])
    lows, highs = (np.array([_range(feature)[end] for feature in table.features]) for end in (0, 1))
    inside = _drawn(table.features, RANDOM, random, lambda low, high, size: random.uniform(low, high, size))
    corners = _drawn(table.features, CORNERS, random, lambda low, high, size: random.choice([low, high], size))
    return np.vstack([rows[chosen], inside, lows, highs, corners])


def _drawn(
    features: Sequence[Feature],
    size: int,
    random: np.random.Generator,
    draw: Callable[[float, float, int], NDArray[np.float64]],
) -> Rows:
    columns = []
    for feature in features:
        low, high = _range(feature)
        if feature.kind == "number":
            values = draw(low, high, size)
        else:
            values = random.integers(int(low), int(high), size, endpoint=True).astype(np.float64)
        if feature.kind == "category":
            values[random.random(size) < SHARE_UNUSUAL] = -1.0
        if feature.nullable:
            values[random.random(size) < SHARE_UNUSUAL] = np.nan
        columns.append(values)
    return np.column_stack(columns)


def _range(feature: Feature) -> tuple[float, float]:
    """The least and the greatest value of a feature, as it is encoded."""
    if feature.kind == "number":
        return feature.quantiles[0], feature.quantiles[-1]
    return 0.0, 1.0 if feature.kind == "boolean" else float(len(feature.categories) - 1)
