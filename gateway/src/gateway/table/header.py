"""A table's header: which column holds which feature."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from serving.errors import FieldError, InvalidInput, MalformedBody
from serving.store import Feature, Manifest

from gateway.table.rows import Rows, UnreadableRow

DELIMITERS = (",", ";", "\t")
MOST_COLUMNS = 4_096
_WORDS = {"missing": "no column holds it", "ambiguous": "more than one column may hold it", "taken": "rename it"}
_UNIT = re.compile(r"(?P<name>.*\S)\s*[(\[](?P<unit>[^()\[\]]+)[)\]]")
_MOST_NAMED = 20  # columns that a refusal names
_LONGEST_NAME = 60


class Header:
    """Takes the first row off. `columns` are the names as they came, `places` each feature's column, as its index.

    A column is a feature's if it has its very name, or else a variant of it: `stem length (cm)`, `StemLengthCm` and
    `Stem.Length` are the feature `stem_length` in cm, and `stem length (mm)` is not. The delimiter is the one of
    comma, semicolon and tab that separates most features. Raises MalformedBody or InvalidInput.
    """

    def __init__(self, rows: Rows, manifest: Manifest, appended: Sequence[str]) -> None:
        try:
            self.delimiter = _delimiter(rows, manifest.features)
            self.line_end = rows.line_end
            rows.separate_by(self.delimiter)
            self.columns = next(rows, [])
            "".join(self.columns).encode()
        except UnreadableRow as error:
            raise MalformedBody(f"the table's header cannot be read: {error.why}") from error
        except UnicodeEncodeError as error:
            raise MalformedBody("the table's header is not UTF-8 text: save it as CSV in UTF-8") from error
        if not self.columns:
            raise MalformedBody("the body is empty: send a table with a header line")
        candidates = _candidates(self.columns, manifest.features)
        self._check(candidates, manifest, appended)
        self.places = [places[0] for places in candidates.values()]

    def _check(self, candidates: Mapping[str, Sequence[int]], manifest: Manifest, appended: Sequence[str]) -> None:
        if len(self.columns) > MOST_COLUMNS:
            raise InvalidInput(f"the table has {len(self.columns):,} columns, more than {MOST_COLUMNS:,}")
        if missing := [feature for feature in manifest.features if not candidates[feature.name]]:
            wanted = ", ".join(f"{each.name} ({each.unit})" if each.unit else each.name for each in missing)
            detail = f"the table has no column for {wanted}: its columns are {_quoted(self.columns)}"
            raise _refusal([each.name for each in missing], "missing", detail, manifest)
        if several := {name: places for name, places in candidates.items() if len(places) > 1}:
            each = [f"{name}: {_quoted([self.columns[place] for place in found])}" for name, found in several.items()]
            detail = f"more than one column may hold a feature, name the one that does as it is ({'; '.join(each)})"
            raise _refusal(list(several), "ambiguous", detail, manifest)
        own = set(map(str.strip, self.columns))
        if taken := [name for name in appended if name in own]:
            detail = f"the answer appends columns of these names: rename or remove yours ({', '.join(taken)})"
            raise _refusal(taken, "taken", detail, manifest)


def _delimiter(rows: Rows, features: Sequence[Feature]) -> str:
    def separated(delimiter: str) -> tuple[int, int]:
        columns = rows.peek(delimiter)
        return sum(map(bool, _candidates(columns, features).values())), len(columns)

    return max(DELIMITERS, key=separated)


def _candidates(columns: Sequence[str], features: Sequence[Feature]) -> dict[str, list[int]]:
    """For each feature, in their order, the columns that may hold it."""
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


def _name_and_unit(column: str) -> tuple[str, str | None]:
    match = _UNIT.fullmatch(column)
    return (match["name"], match["unit"]) if match else (column, None)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _same_unit(unit: str | None, feature: Feature) -> bool:
    return unit is None or feature.unit is None or unit.strip().casefold() == feature.unit.casefold()


def _refusal(names: Sequence[str], kind: str, detail: str, manifest: Manifest) -> InvalidInput:
    errors = [FieldError(loc=["header", name], type=kind, msg=_WORDS[kind]) for name in names]
    return InvalidInput(detail, errors, release=manifest.id)


def _quoted(columns: Sequence[str]) -> str:
    names = [repr(column if len(column) <= _LONGEST_NAME else column[:_LONGEST_NAME] + "…") for column in columns]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
