import numpy as np
import pytest
from serving.bins import Bins
from serving.store import Feature

DECILES = (0.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 9.0)


def test_numbers_are_counted_between_the_deciles_each_with_its_upper_end() -> None:
    bins = Bins(Feature(name="x", kind="number", quantiles=DECILES))
    assert bins.names == ("<=1", "1 to 2", "2 to 3", "3 to 4", "4 to 5", "5 to 6", "6 to 7", ">7")
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
