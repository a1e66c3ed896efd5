"""A table's header: which column holds which feature."""

from collections.abc import Iterator, Sequence
from typing import Any

from serving.errors import FieldError, InvalidInput, MalformedBody
from serving.store import Feature, Manifest

from gateway.table.columns import feature_columns, target_column
from gateway.table.rows import Rows, UnreadableRow

DELIMITERS = (",", ";", "\t")
MOST_COLUMNS = 4_096
_WORDS = {"missing": "no column holds it", "ambiguous": "more than one column may hold it", "taken": "rename it"}
_MOST_NAMED = 20  # columns that a refusal names
_LONGEST_NAME = 60


class HeaderRow:
    """Takes the first row off. `columns` are the names as they came.

    `candidates` are, for each feature, the places of the columns that may hold it, `target` that of the classes'
    column, where the table has one. The delimiter is the one of comma, semicolon and tab that separates most features.
    Raises MalformedBody.
    """

    def __init__(self, rows: Rows, manifest: Manifest) -> None:
        self._manifest = manifest
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
        known = self.columns[:MOST_COLUMNS]  # one with more is refused: looking at all would take long
        self.candidates = feature_columns(known, manifest.features)
        held = (place for places in self.candidates.values() for place in places)
        self.target = target_column(known, manifest.data.target, held)

    def refusals(self, appended: Sequence[str]) -> Iterator[InvalidInput]:
        """Why the table is not answered, as far as its header tells. `appended` are the answer's further columns."""
        manifest, candidates = self._manifest, self.candidates
        if len(self.columns) > MOST_COLUMNS:
            yield InvalidInput(f"the table has {len(self.columns):,} columns, more than {MOST_COLUMNS:,}")
        if missing := [feature for feature in manifest.features if not candidates[feature.name]]:
            wanted = ", ".join(f"{each.name} ({each.unit})" if each.unit else each.name for each in missing)
            detail = f"the table has no column for {wanted}: its columns are {_quoted(self.columns)}"
            yield _refusal([each.name for each in missing], "missing", detail, manifest)
        if several := {name: places for name, places in candidates.items() if len(places) > 1}:
            each = [f"{name}: {_quoted([self.columns[place] for place in found])}" for name, found in several.items()]
            detail = f"more than one column may hold a feature, name the one that does as it is ({'; '.join(each)})"
            yield _refusal(list(several), "ambiguous", detail, manifest)
        own = set(map(str.strip, self.columns))
        if taken := [name for name in appended if name in own]:
            detail = f"the answer appends columns of these names: rename or remove yours ({', '.join(taken)})"
            yield _refusal(taken, "taken", detail, manifest)

    def told(self, appended: Sequence[str]) -> dict[str, Any]:
        """What a caller is told of it before it sends the whole table."""
        features = [{"feature": name, "columns": places} for name, places in self.candidates.items()]
        return {
            "delimiter": self.delimiter,
            "columns": self.columns,
            "features": features,
            "target": self.target,
            "problems": [refusal.detail for refusal in self.refusals(appended)],
        }


class Header(HeaderRow):
    """One that fits the release. `places` are each feature's column. Raises MalformedBody or InvalidInput."""

    def __init__(self, rows: Rows, manifest: Manifest, appended: Sequence[str]) -> None:
        super().__init__(rows, manifest)
        for refusal in self.refusals(appended):
            raise refusal
        self.places = [places[0] for places in self.candidates.values()]


def _delimiter(rows: Rows, features: Sequence[Feature]) -> str:
    def separated(delimiter: str) -> tuple[int, int]:
        columns = rows.peek(delimiter)
        return sum(map(bool, feature_columns(columns[:MOST_COLUMNS], features).values())), len(columns)

    return max(DELIMITERS, key=separated)


def _refusal(names: Sequence[str], kind: str, detail: str, manifest: Manifest) -> InvalidInput:
    errors = [FieldError(loc=["header", name], type=kind, msg=_WORDS[kind]) for name in names]
    return InvalidInput(detail, errors, release=manifest.id)


def _quoted(columns: Sequence[str]) -> str:
    names = [repr(column if len(column) <= _LONGEST_NAME else column[:_LONGEST_NAME] + "…") for column in columns]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
