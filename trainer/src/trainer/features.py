"""What a column is as a model's input: its kind and statistics, and its values as floats."""

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from serving.bins import Bins
from serving.engine import LARGEST
from serving.store import Feature

from trainer.errors import ConstantColumn, UnusableTable

MOST_CATEGORIES = 1000
_UNIT = re.compile(r"(?P<name>.*\S)\s*\((?P<unit>[^()]+)\)")


def name_and_unit(header: str) -> tuple[str, str | None]:
    """`stem length (cm)` is the feature `stem_length` in `cm`."""
    match = _UNIT.fullmatch(header)
    name, unit = match.group("name", "unit") if match else (header, None)
    return re.sub(r"\s+", "_", name), unit.strip() if unit else None


def describe(name: str, unit: str | None, column: "pd.Series[str]") -> Feature:
    """The feature that a column of text holds. Raises UnusableTable, which names the feature."""
    feature = _of_kind(name, unit, column)
    return feature.model_copy(update={"bin_rows": tuple(Bins(feature).count(encode(feature, column)).tolist())})


def _of_kind(name: str, unit: str | None, column: "pd.Series[str]") -> Feature:
    present = column.dropna()
    missing = len(column) - len(present)
    nullable = missing > 0
    if present.empty:
        raise UnusableTable(f"the column {name!r} is empty: remove it")
    truths = set(present.str.lower())
    if truths == {"true", "false"}:
        return Feature(name=name, kind="boolean", unit=unit, nullable=nullable, missing=missing)
    if len(truths) == 1:
        raise ConstantColumn(name)
    try:
        numbers = _floats(present)
    except ValueError:
        categories = _categories(name, present)
        return Feature(name=name, kind="category", unit=unit, nullable=nullable, missing=missing, categories=categories)
    _check_numbers(name, numbers)
    return Feature(
        name=name,
        kind="number",
        unit=unit,
        nullable=nullable,
        missing=missing,
        min=float(numbers.min()),
        max=float(numbers.max()),
        mean=float(numbers.mean()),
        quantiles=tuple(float(quantile) for quantile in np.quantile(numbers, np.arange(11) / 10)),
    )


def encode(feature: Feature, column: "pd.Series[str]") -> NDArray[np.float64]:
    """A column of text as floats: a category as its index, -1 where it is not the feature's; a missing value as NaN."""
    match feature.kind:
        case "number":
            return _floats(column)
        case "boolean":
            return _floats(column.str.lower().map({"false": 0.0, "true": 1.0}))
        case "category":
            index = {category: float(i) for i, category in enumerate(feature.categories)}
            return _floats(column.map(lambda value: index.get(value, -1.0), na_action="ignore"))


def _floats(column: "pd.Series[Any]") -> NDArray[np.float64]:
    return np.asarray(column.astype("float64"), dtype=np.float64)


def _categories(name: str, present: "pd.Series[str]") -> tuple[str, ...]:
    categories = tuple(sorted(present.unique()))
    if len(categories) > MOST_CATEGORIES:
        raise UnusableTable(
            f"the column {name!r} has {len(categories)} different texts, more than the {MOST_CATEGORIES} that a "
            "category may have: remove it if it is an identifier or free text"
        )
    return categories


def _check_numbers(name: str, numbers: NDArray[np.float64]) -> None:
    if np.isinf(numbers).any():
        raise UnusableTable(f"the column {name!r} holds infinite values: replace them, or leave their cells empty")
    if np.abs(numbers).max() > LARGEST:
        raise UnusableTable(f"the column {name!r} holds numbers beyond ±{LARGEST:g}: give it another unit")
    if np.ptp(numbers) == 0:
        raise ConstantColumn(name)
