"""A run passes or fails, for each reason on its own."""

from dataclasses import replace

import pytest

from loadtest.figures import Counts, Figures, between
from loadtest.limits import Limits
from loadtest.verdict import judged, table

LIMITS = Limits(fail_ratio=0.01, p95_ms=100, p99_ms=200, requests_per_s=10, requests=100)
JUST = Figures(requests=100, seconds=10, fail_ratio=0.01, p95_ms=100, p99_ms=200, requests_per_s=10)


def missed(figures: Figures) -> list[str]:
    return [each.what for each in judged(figures, LIMITS) if not each.met]


def test_a_run_that_just_keeps_to_every_limit_passes() -> None:
    assert missed(JUST) == []


@pytest.mark.parametrize(
    ("figures", "what"),
    [
        (replace(JUST, fail_ratio=0.011), "fail ratio"),
        (replace(JUST, p95_ms=101), "p95 ms"),
        (replace(JUST, p99_ms=201), "p99 ms"),
        (replace(JUST, requests_per_s=9.9), "requests/s"),
        (replace(JUST, requests=99), "requests"),
    ],
)
def test_each_limit_fails_a_run_by_itself(figures: Figures, what: str) -> None:
    assert missed(figures) == [what]


def test_a_run_without_requests_meets_no_limit() -> None:
    none = between(Counts(), Counts())
    assert not any(each.met for each in judged(none, Limits(requests_per_s=0, requests=0)))


def test_the_table_says_what_was_wanted_and_what_was_measured() -> None:
    assert table(judged(replace(JUST, p95_ms=101), LIMITS)).splitlines() == [
        "fail ratio  ≤ 0.01  0.01  met",
        "p95 ms      ≤ 100   101   MISSED",
        "p99 ms      ≤ 200   200   met",
        "requests/s  ≥ 10    10    met",
        "requests    ≥ 100   100   met",
    ]
