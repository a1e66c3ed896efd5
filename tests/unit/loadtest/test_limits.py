"""What a run must keep to."""

from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from loadtest.headless import SHAPES
from loadtest.limits import LIMITS, Limits, change, limits_of

ROOT = Path(__file__).parents[3]


def test_every_shape_has_its_line_in_the_table() -> None:
    assert set(LIMITS) == {*SHAPES, "none"}


def test_the_documents_table_is_the_one_that_holds() -> None:
    document = (ROOT / "docs/load-testing.md").read_text()
    table = document.partition("<!-- limits -->\n")[2].partition("<!-- /limits -->")[0]
    rows = [[cell.strip().replace(",", "") for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]
    documented = {shape: Limits(*map(float, cells)) for shape, *cells in rows}
    assert documented == {shape: LIMITS[shape] for shape in SHAPES}


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
