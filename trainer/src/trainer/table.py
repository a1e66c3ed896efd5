"""The table that is trained on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from serving.store import PREDICTED, Data, Feature

from trainer.csv_file import read_csv, refuse_twins
from trainer.errors import ConstantColumn, UnusableTable
from trainer.features import describe, encode, name_and_unit
from trainer.recipe import FOLDS

MOST_CLASSES = 100
MOST_FEATURES = 1000
MOST_NAMED = 100  # columns, in a message


@dataclass(frozen=True, eq=False)
class Table:
    """`columns` holds the cells as they were written, named as the features and the target are."""

    data: Data
    columns: pd.DataFrame
    features: tuple[Feature, ...]
    classes: tuple[str, ...]

    @cached_property
    def rows(self) -> NDArray[np.float64]:
        """(rows, features), encoded as engines take it."""
        return np.column_stack([encode(feature, self.columns[feature.name]) for feature in self.features])

    @cached_property
    def labels(self) -> NDArray[np.int64]:
        """(rows,), each row's index in `classes`."""
        index = {name: i for i, name in enumerate(self.classes)}
        return np.asarray(self.columns[self.data.target].map(index), dtype=np.int64)

    @property
    def majority(self) -> int:
        """How many rows the most frequent class has."""
        return max(self.data.class_rows)


def read_table(path: Path, *, target: str, name: str, units: Mapping[str, str] | None = None) -> Table:
    """The table in a CSV file. `units` are for features whose header names none. Raises UnusableTable."""
    columns, digest = read_csv(path)
    if target not in columns:
        raise UnusableTable(
            f"{path} has no column {target!r} to take the classes from; it has {_named(columns.columns.tolist())}"
        )
    named = {header: (header, None) if header == target else name_and_unit(header) for header in map(str, columns)}
    names = [name for name, _ in named.values()]
    columns.columns = pd.Index(names)
    refuse_twins(names, path)
    try:
        classes = _classes(columns[target], target)
        inputs = [(name, unit or (units or {}).get(name)) for header, (name, unit) in named.items() if header != target]
        _check_names([name for name, _ in inputs])
        features = tuple(_described(inputs, columns))
    except UnusableTable as error:
        raise UnusableTable(f"{path}: {error.detail}") from error
    counts = columns[target].value_counts()
    class_rows = tuple(int(counts[label]) for label in classes)
    data = Data(name=name, target=target, rows=len(columns), sha256=digest, class_rows=class_rows)
    return Table(data=data, columns=columns, features=features, classes=classes)


def _classes(column: "pd.Series[str]", target: str) -> tuple[str, ...]:
    if column.empty:
        raise UnusableTable("there are no rows below the header")
    if missing := int(column.isna().sum()):
        raise UnusableTable(
            f"{missing} rows have no value in the target column {target!r}: fill them in, or remove them"
        )
    counts = column.value_counts()
    if len(counts) < 2:
        raise UnusableTable(f"the target column {target!r} holds one class only: at least two are needed")
    if counts.min() < FOLDS:
        raise UnusableTable(
            f"the class {counts.idxmin()!r} of {target!r} has {counts.min()} rows, and {FOLDS}-fold cross-validation "
            f"needs at least {FOLDS} of each: add rows, merge or remove the class, or choose another --target"
        )
    if len(counts) > MOST_CLASSES:
        raise UnusableTable(f"the target column {target!r} has {len(counts)} classes, more than {MOST_CLASSES}")
    return tuple(sorted(counts.index))


def _check_names(names: list[str]) -> None:
    if not names:
        raise UnusableTable("there is no column besides the target: at least one feature is needed")
    if len(names) > MOST_FEATURES:
        raise UnusableTable(f"there are {len(names)} features, more than {MOST_FEATURES}: remove some")
    if predictions := [name for name in names if name.startswith(PREDICTED)]:
        raise UnusableTable(f"the column {predictions[0]!r} is a prediction from a sample: remove it")
    if long := [name for name in names if len(name) > 200]:
        raise UnusableTable(f"the column name {long[0][:40]!r}… is longer than 200 characters: shorten it")


def _described(inputs: Iterable[tuple[str, str | None]], columns: pd.DataFrame) -> list[Feature]:
    features, constant = [], []
    for name, unit in inputs:
        try:
            features.append(describe(name, unit, columns[name]))
        except ConstantColumn:
            constant.append(name)
    if len(constant) == 1:
        raise ConstantColumn(constant[0])
    if constant:
        raise UnusableTable(
            f"{len(constant)} columns have the same value in every row: remove them. They are {_named(constant)}"
        )
    return features


def _named(columns: Sequence[str]) -> str:
    shown = ", ".join(map(repr, columns[:MOST_NAMED]))
    return shown if len(columns) <= MOST_NAMED else f"{shown} and {len(columns) - MOST_NAMED} more"
