"""Which of a table's columns are what the release knows."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from serving.store import Feature

_UNIT = re.compile(r"(?P<name>.*\S)\s*[(\[](?P<unit>[^()\[\]]+)[)\]]")


def feature_columns(columns: Sequence[str], features: Sequence[Feature]) -> dict[str, list[int]]:
    """For each feature, in their order, the places of the columns that may hold it.

    A column is a feature's if it has its very name, or else a variant of it: `stem length (cm)`, `StemLengthCm` and
    `Stem.Length` are the feature `stem_length` in cm, and `stem length (mm)` is not.
    """
    found: dict[str, list[int]] = {feature.name: [] for feature in features}
    for place, column in enumerate(columns):
        if column.strip() in found:
            found[column.strip()].append(place)
    exact = {place for places in found.values() for place in places}
    variants: dict[str, list[Feature]] = defaultdict(list)
    for feature in features:
        for key in {_folded(feature.name), _folded(feature.name + (feature.unit or ""))}:
            variants[key].append(feature)
    open_features = {name for name, places in found.items() if not places}
    for place, column in enumerate(columns):
        name, unit = _name_and_unit(column.strip())
        meant = [feature for feature in variants.get(_folded(name), ()) if _same_unit(unit, feature)]
        if place not in exact and len(meant) == 1 and meant[0].name in open_features:
            found[meant[0].name].append(place)
    return found


def target_column(columns: Sequence[str], target: str, taken: Iterable[int]) -> int | None:
    """The place of the one column that may hold the classes, by the same rules; `taken` are those of features."""
    held = set(taken)
    free = ["" if place in held else column for place, column in enumerate(columns)]
    places = feature_columns(free, [Feature.model_construct(name=target, kind="category")])[target]
    return places[0] if len(places) == 1 else None


def _name_and_unit(column: str) -> tuple[str, str | None]:
    match = _UNIT.fullmatch(column)
    return (match["name"], match["unit"]) if match else (column, None)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _same_unit(unit: str | None, feature: Feature) -> bool:
    return unit is None or feature.unit is None or unit.strip().casefold() == feature.unit.casefold()
