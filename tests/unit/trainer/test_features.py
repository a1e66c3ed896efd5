import numpy as np
import pandas as pd
import pytest
from trainer.errors import UnusableTable
from trainer.features import describe, encode, name_and_unit


def column(*values: str | None) -> "pd.Series[str]":
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("sepal length (cm)", "sepal_length", "cm"),
        ("sepal_width", "sepal_width", None),
        ("od280/od315_of_diluted_wines", "od280/od315_of_diluted_wines", None),
        ("speed (km / h)", "speed", "km / h"),
        ("(cm)", "(cm)", None),
    ],
)
def test_a_unit_in_parentheses_leaves_the_name(header: str, name: str, unit: str | None) -> None:
    assert name_and_unit(header) == (name, unit)


def test_a_column_of_numbers_is_a_number_with_its_statistics() -> None:
    feature = describe("x", "cm", column(*(str(i) for i in range(11))))
    assert (feature.kind, feature.unit, feature.nullable) == ("number", "cm", False)
    assert (feature.min, feature.max, feature.mean) == (0.0, 10.0, 5.0)
    assert feature.quantiles == pytest.approx(range(11))


def test_a_column_with_missing_cells_is_nullable_and_its_statistics_are_of_the_others() -> None:
    feature = describe("x", None, column("1", None, "3"))
    assert (feature.nullable, feature.min, feature.mean) == (True, 1.0, 2.0)


def test_a_feature_tells_how_its_training_rows_fill_its_bins() -> None:
    assert describe("x", None, column(*(str(i) for i in range(20)), None)).bin_rows == (2,) * 10 + (1,)
    assert describe("x", None, column("red", "blue", "red")).bin_rows == (1, 2, 0)
    assert describe("x", None, column("true", "false", None, "true")).bin_rows == (1, 2, 1)


def test_true_and_false_in_any_case_are_a_boolean() -> None:
    feature = describe("x", None, column("True", "false", None))
    assert feature.kind == "boolean"
    np.testing.assert_array_equal(encode(feature, column("TRUE", "False", None)), [1.0, 0.0, np.nan])


def test_texts_are_a_category_encoded_as_the_index_among_the_sorted_ones() -> None:
    feature = describe("x", None, column("red", "blue", None, "red"))
    assert feature.categories == ("blue", "red")
    np.testing.assert_array_equal(encode(feature, column("red", "blue", "green", None)), [1.0, 0.0, -1.0, np.nan])


def test_one_text_among_numbers_makes_a_category() -> None:
    assert describe("x", None, column("1", "2", "many")).categories == ("1", "2", "many")


def test_a_number_keeps_every_digit() -> None:
    values = column("0.1", "1e-300", "123456789.123456789")
    assert encode(describe("x", None, values), values).tolist() == [0.1, 1e-300, 123456789.123456789]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (("1", "inf"), "infinite"),
        (("1", "-Infinity"), "infinite"),
        (("1", "1e30"), "another unit"),
        (("1", "1.0", None), "same value"),
        (("true", "TRUE"), "same value"),
        (("red", "red"), "same value"),
        ((None, None), "empty"),
        (tuple(f"id-{i}" for i in range(1001)), "identifier"),
    ],
)
def test_a_column_that_nothing_can_be_learned_from_is_refused_by_name(values: tuple[str | None, ...], why: str) -> None:
    with pytest.raises(UnusableTable, match=why) as refused:
        describe("the_column", None, column(*values))
    assert "'the_column'" in refused.value.detail
