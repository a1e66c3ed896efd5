"""What is measured between two moments."""

import pytest

from loadtest.figures import Counts, Figures, between, percentile


def test_figures_are_of_what_came_between_the_moments_alone() -> None:
    before = Counts(at_s=10, requests=100, failures=100, latencies={9_000: 100})
    after = Counts(at_s=20, requests=200, failures=101, latencies={9_000: 100, 10: 96, 50: 3, 700: 1})
    assert between(before, after) == Figures(
        requests=100, seconds=10, fail_ratio=0.01, p95_ms=10, p99_ms=50, requests_per_s=10
    )


def test_where_nothing_was_asked_all_is_zero() -> None:
    assert between(Counts(), Counts()) == Figures(0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(("share", "ms"), [(0.01, 1), (0.5, 1), (0.505, 2), (0.51, 2), (0.99, 2), (1, 2)])
def test_a_percentile_is_the_least_latency_within_which_that_share_came(share: float, ms: float) -> None:
    assert percentile({1: 50, 2: 50, 3: 0}, share) == ms
