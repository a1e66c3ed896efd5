"""What a run must keep to."""

from argparse import ArgumentTypeError

import pytest

from loadtest.headless import SHAPES
from loadtest.limits import LIMITS, change, limits_of


def test_every_shape_has_its_line_in_the_table() -> None:
    assert set(LIMITS) == {*SHAPES, "none"}


def test_a_limit_can_be_changed_for_a_run() -> None:
    changed = limits_of("smoke", [change("p95_ms=50"), change("fail_ratio=0")])
    assert (changed.p95_ms, changed.fail_ratio, changed.p99_ms) == (50, 0, LIMITS["smoke"].p99_ms)


@pytest.mark.parametrize(
    ("text", "why"),
    [("p95=50", "is one of fail_ratio"), ("p95_ms", "takes a number"), ("p95_ms=fast", "takes a number")],
)
def test_what_is_no_limit_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(ArgumentTypeError, match=why):
        change(text)
