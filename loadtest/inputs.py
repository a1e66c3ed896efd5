"""Rows to ask about: ordinary ones, distributed as each feature of the training rows is, and ones far outside."""

import csv
import io
from collections.abc import Mapping, Sequence
from random import Random

from loadtest.release import Feature, Release

Value = float | str | bool | None
Row = Mapping[str, Value]
UNSEEN = "a category that no training row had"


def ordinary(release: Release, random: Random) -> Row:
    """A row that deserves no warning. Features are drawn independently of one another."""
    return {feature.name: _ordinary(feature, random) for feature in release.features}


def outside(release: Release, random: Random) -> tuple[Row, frozenset[str]]:
    """A row of which every number is out of range and every category unseen, and the names of those features."""
    row = {feature.name: _outside(feature, random) for feature in release.features}
    return row, frozenset(feature.name for feature in release.features if _has_outside(feature))


def tensor(release: Release, rows: Sequence[Row]) -> list[list[float | None]]:
    """Rows as the Open Inference Protocol takes them: a category is its index, -1 where it is unseen."""
    return [[_number(feature, row[feature.name]) for feature in release.features] for row in rows]


def table(release: Release, rows: Sequence[Row]) -> str:
    """Rows as CSV, with their number in a first column of its own."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["row", *(feature.name for feature in release.features)])
    writer.writerows([number, *(_cell(row[each.name]) for each in release.features)] for number, row in enumerate(rows))
    return text.getvalue()


def _ordinary(feature: Feature, random: Random) -> Value:
    if random.random() < feature.missing:
        return None
    match feature.kind:
        case "boolean":
            return random.random() < 0.5
        case "category":
            return random.choice(feature.categories)
    deciles = feature.quantiles or tuple(end for end in (feature.min, feature.max) if end is not None)
    if not deciles:
        return None if feature.nullable else 0.0
    low = random.randrange(len(deciles) - 1)
    return min(deciles[low] + random.random() * (deciles[low + 1] - deciles[low]), deciles[low + 1])


def _outside(feature: Feature, random: Random) -> Value:
    if feature.kind == "category":
        return UNSEEN
    if feature.min is None or feature.max is None:
        return _ordinary(feature, random)
    width = (feature.max - feature.min) or 1.0
    away = width * random.uniform(1, 10)
    return feature.max + away if random.random() < 0.5 else feature.min - away


def _has_outside(feature: Feature) -> bool:
    return feature.kind == "category" or feature.max is not None


def _number(feature: Feature, value: Value) -> float | None:
    if isinstance(value, str):
        return float(feature.categories.index(value)) if value in feature.categories else -1.0
    return None if value is None else float(value)


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
