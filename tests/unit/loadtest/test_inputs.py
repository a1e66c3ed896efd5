"""What is asked under load."""

import csv
import io
from dataclasses import replace
from random import Random

import pytest

from loadtest.inputs import UNSEEN, Row, ordinary, outside, table, tensor
from loadtest.release import Feature
from tests.loadtest_releases import PETS


def test_ordinary_numbers_are_distributed_as_the_deciles_say() -> None:
    random = Random(1)
    lengths = [ordinary(PETS, random)["length"] for _ in range(4_000)]
    assert all(isinstance(length, float) and 1 <= length <= 7 for length in lengths)
    assert sum(isinstance(length, float) and length <= 1.9 for length in lengths) / 4_000 == pytest.approx(
        0.9, abs=0.02
    )


def test_a_value_is_missing_as_often_as_in_the_training_rows_and_nowhere_else() -> None:
    random = Random(1)
    rows = [ordinary(PETS, random) for _ in range(4_000)]
    assert sum(row["age"] is None for row in rows) / 4_000 == pytest.approx(0.25, abs=0.03)
    assert {type(row[name]) for row in rows for name in ("length", "color", "wet")} == {float, str, bool}


def test_a_feature_without_any_statistics_is_asked_about_all_the_same() -> None:
    blank = Feature("blank", "number", nullable=True)
    release = replace(PETS, features=(blank, replace(blank, name="zero", nullable=False)))
    assert ordinary(release, Random(1)) == {"blank": None, "zero": 0.0}


def test_outside_no_number_is_in_range_and_no_category_known_and_they_are_named() -> None:
    random = Random(1)
    for _ in range(100):
        row, warned = outside(PETS, random)
        assert isinstance(row["length"], float)
        assert not 1 <= row["length"] <= 7
        assert row["color"] == UNSEEN
        assert warned == {"length", "color", "age"}


def test_a_tensor_holds_a_category_as_its_index_and_a_missing_value_as_null() -> None:
    known: Row = {"length": 1.5, "color": "red, or so", "wet": True, "age": None}
    unseen: Row = {"length": 2.0, "color": UNSEEN, "wet": False, "age": 3.0}
    assert tensor(PETS, [known, unseen]) == [[1.5, 1.0, 1.0, None], [2.0, -1.0, 0.0, 3.0]]


def test_a_table_numbers_its_rows_and_reads_back_as_they_were() -> None:
    row: Row = {"length": 1.5, "color": "red, or so", "wet": True, "age": None}
    [read] = csv.DictReader(io.StringIO(table(PETS, [row])))
    assert read == {"row": "0", "length": "1.5", "color": "red, or so", "wet": "true", "age": ""}
