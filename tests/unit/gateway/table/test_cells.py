import math

import numpy as np
import pytest
from gateway.table.cells import MISSING, ColumnEncoder
from pandas._libs.parsers import STR_NA_VALUES  # type: ignore[import-not-found]  # it has no types
from serving.store import Feature

NUMBER = Feature(name="length", kind="number", min=1, max=7, mean=3)
MAYBE = Feature(name="length", kind="number", min=1, max=7, mean=3, nullable=True)
TRUTH = Feature(name="wet", kind="boolean")
COLOR = Feature(name="color", kind="category", categories=("blue", "red", " odd "))


def encode(feature: Feature, *cells: str, decimal_comma: bool = False) -> tuple[list[float], dict[int, str]]:
    values, wrong = ColumnEncoder(feature, decimal_comma=decimal_comma).encode(cells)
    return values.tolist(), wrong


def test_a_missing_value_is_written_as_the_trainer_reads_it() -> None:
    assert MISSING == STR_NA_VALUES


def test_numbers_are_what_python_takes_for_them() -> None:
    assert encode(NUMBER, "5.1", " -3 ", "1e3", "+.5") == ([5.1, -3, 1000, 0.5], {})


@pytest.mark.parametrize(
    "cell", ["x", "1_000", "5,1", "٥", "5.1 cm", "0x1F", "5.1.2", "--1", "+nan", "NAN", "\udce9", "\0"]
)
def test_what_is_not_a_number_is_named_and_harms_no_other(cell: str) -> None:
    values, wrong = encode(NUMBER, "1", cell, "2")
    assert wrong == {1: "length is not a number"}
    assert np.array_equal(values, [1, math.nan, 2], equal_nan=True)


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "1e999", "1e19", "-1e300", "9" * 400])
def test_a_number_that_no_engine_could_take_is_named(cell: str) -> None:
    assert encode(NUMBER, cell, "2")[1] == {0: "length is beyond ±1e+18"}


@pytest.mark.parametrize("cell", ["", "  ", "NA", "nan", "NULL", " N/A "])
def test_a_missing_number_is_missing_where_it_may_be_and_an_error_elsewhere(cell: str) -> None:
    assert encode(NUMBER, cell)[1] == {0: "length is missing"}
    values, wrong = encode(MAYBE, cell, "1")
    assert math.isnan(values[0])
    assert (values[1], wrong) == (1.0, {})


def test_a_decimal_comma_is_one_where_the_table_has_them() -> None:
    assert encode(NUMBER, "5,1", "5.2", decimal_comma=True) == ([5.1, 5.2], {})
    assert encode(NUMBER, "1.234,5", "1,234,5", decimal_comma=True)[1].keys() == {0, 1}
    assert encode(MAYBE, "5,1", "", decimal_comma=True)[0][0] == 5.1


def test_truths_are_written_in_any_case() -> None:
    assert encode(TRUTH, "true", "FALSE", " True") == ([1, 0, 1], {})
    assert encode(TRUTH, "1", "yes", "")[1] == {
        0: "wet is neither true nor false",
        1: "wet is neither true nor false",
        2: "wet is missing",
    }


def test_a_category_is_its_index_and_an_unseen_one_is_minus_one() -> None:
    assert encode(COLOR, "red", "blue", " red", " odd ", "green") == ([1, 0, 1, 2, -1], {})
    assert encode(COLOR, "NA")[1] == {0: "color is missing"}
