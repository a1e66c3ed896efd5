"""A column's cells as the floats that engines take, and which of them do not fit their feature."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from serving.engine import LARGEST
from serving.store import Feature

Column = tuple[NDArray[np.float64], dict[int, str]]
"""(rows,), and why a cell does not fit, by its row; its value is NaN then."""

MISSING = frozenset(
    [
        *("", "NA", "N/A", "n/a", "<NA>", "#NA", "#N/A", "#N/A N/A", "NULL", "null", "None"),
        *("NaN", "nan", "-NaN", "-nan", "1.#IND", "1.#QNAN", "-1.#IND", "-1.#QNAN"),
    ]
)
"""How tables write a missing value: what pandas takes for one, and so the trainer."""

_TRUTHS = {"false": 0.0, "true": 1.0}


class ColumnEncoder:
    """Encodes one feature's cells. `decimal_comma`: `5,1` is a number too."""

    def __init__(self, feature: Feature, *, decimal_comma: bool) -> None:
        self._feature = feature
        self._decimal_comma = decimal_comma
        self._categories = {category: float(index) for index, category in enumerate(feature.categories)}

    def encode(self, cells: Sequence[str]) -> Column:
        match self._feature.kind:
            case "number":
                return self._numbers(cells)
            case "boolean":
                return self._each_kind(cells, self._truth)
            case "category":
                return self._each_kind(cells, self._category)

    def _numbers(self, cells: Sequence[str]) -> Column:
        text = "".join(cells)
        if self._decimal_comma and "," in text:
            cells = [cell.replace(",", ".") for cell in cells]
        if text.isascii() and "_" not in text:  # float() takes 1_000, and the digits of every script
            try:
                values = np.fromiter(map(float, cells), np.float64, len(cells))
            except ValueError:
                pass  # some are no numbers
            else:
                if (np.abs(values) <= LARGEST).all():  # and none is NaN
                    return values, {}
        return _column(map(self._number, cells))

    def _each_kind(self, cells: Sequence[str], encode: Callable[[str], float | str]) -> Column:
        """Looks at each different text once."""
        encoded = {cell: encode(cell) for cell in set(cells)}
        return _column(encoded[cell] for cell in cells)

    def _number(self, cell: str) -> float | str:
        text = cell.strip()
        if text in MISSING:
            return self._missing()
        try:
            value = float(text) if text.isascii() and "_" not in text else np.nan
        except ValueError:
            value = np.nan
        if np.isnan(value):
            return f"{self._feature.name} is not a number"
        return value if abs(value) <= LARGEST else f"{self._feature.name} is beyond ±{LARGEST:g}"

    def _truth(self, cell: str) -> float | str:
        text = cell.strip()
        if text in MISSING:
            return self._missing()
        return _TRUTHS.get(text.lower(), f"{self._feature.name} is neither true nor false")

    def _category(self, cell: str) -> float | str:
        """An unseen category is -1, as everywhere."""
        for text in (cell, cell.strip()):
            if text in self._categories:
                return self._categories[text]
        return self._missing() if cell.strip() in MISSING else -1.0

    def _missing(self) -> float | str:
        return np.nan if self._feature.nullable else f"{self._feature.name} is missing"


def _column(encoded: Iterable[float | str]) -> Column:
    values = list(encoded)
    wrong = {row: value for row, value in enumerate(values) if isinstance(value, str)}
    numbers = [np.nan if isinstance(value, str) else value for value in values] if wrong else values
    return np.array(numbers, dtype=np.float64), wrong
