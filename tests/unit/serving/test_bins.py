from typing import Literal

import numpy as np
import pytest
from serving.bins import Bins
from serving.store import Feature

DECILES = (0.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 9.0)


def test_numbers_are_counted_between_the_deciles_each_with_its_upper_end() -> None:
    bins = Bins(Feature(name="x", kind="number", quantiles=DECILES))
    assert bins.names == (
        "<=1.0",
        "1.0 to 2.0",
        "2.0 to 3.0",
        "3.0 to 4.0",
        "4.0 to 5.0",
        "5.0 to 6.0",
        "6.0 to 7.0",
        ">7.0",
    )
    assert bins.count(np.array([-9.0, 1.0, 1.5, 2.0, 7.0, 99.0])).tolist() == [2, 2, 0, 0, 0, 0, 1, 1]


def test_a_missing_value_has_a_bin_where_the_feature_may_be_missing() -> None:
    bins = Bins(Feature(name="x", kind="boolean", nullable=True))
    assert dict(zip(bins.names, bins.count(np.array([1.0, np.nan, 0.0, 1.0])), strict=True)) == {
        "false": 1,
        "true": 2,
        "(missing)": 1,
    }


def test_a_category_that_was_never_seen_has_a_bin() -> None:
    bins = Bins(Feature(name="x", kind="category", categories=("blue", "red")))
    assert dict(zip(bins.names, bins.count(np.array([-1.0, 1.0, -1.0])), strict=True)) == {
        "blue": 0,
        "red": 1,
        "(unseen)": 2,
    }


@pytest.mark.parametrize("quantiles", [(), (2.0,) * 11])
def test_no_values_fill_no_bin(quantiles: tuple[float, ...]) -> None:
    bins = Bins(Feature(name="x", kind="number", quantiles=quantiles))
    counts = bins.count(np.array([]))
    assert len(counts) == len(bins.names)
    assert not counts.any()


@pytest.mark.parametrize("kind", ["category", "boolean"])
@pytest.mark.parametrize("value", [2.0, 9_999.0, 2e8, 1e30, -7.0, 0.3])
def test_whatever_number_comes_for_a_category_or_truth_is_in_one_of_its_bins(
    kind: Literal["category", "boolean"], value: float
) -> None:
    bins = Bins(Feature(name="x", kind=kind, categories=("blue", "red"), nullable=True))
    counts = bins.count(np.array([value]))
    assert (len(counts), counts.sum()) == (len(bins.names), 1)


def test_many_categories_share_ten_bins_in_their_order() -> None:
    bins = Bins(Feature(name="x", kind="category", categories=tuple(f"c{i:03}" for i in range(95))))
    assert bins.names[:2] == ("c000 to c009", "c010 to c019")
    assert bins.names[-2:] == ("c090 to c094", "(unseen)")
    assert bins.count(np.arange(95.0)).tolist() == [10] * 9 + [5, 0]


@pytest.mark.parametrize(
    "feature",
    [
        Feature(name="x", kind="category", categories=("(missing)", "(unseen)"), nullable=True),
        Feature(name="x", kind="number", quantiles=tuple(123456789012.0 + 3 * i for i in range(11))),
    ],
)
def test_no_two_bins_have_one_name(feature: Feature) -> None:
    names = Bins(feature).names
    assert len(set(names)) == len(names)
