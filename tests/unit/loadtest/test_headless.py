"""`make load`, as far as Locust is not needed."""

from pathlib import Path

import pytest

from loadtest.headless import SHAPES, command, main


def test_a_shape_that_is_none_is_refused_with_the_names_of_those_that_are() -> None:
    with pytest.raises(SystemExit, match="SHAPE=flood is none: it takes one of ramp, smoke, soak, spike, steps"):
        main("flood", "http://127.0.0.1:8080")


@pytest.mark.parametrize("shape", SHAPES)
def test_all_reports_of_a_shape_go_into_one_folder(shape: str) -> None:
    words = command(shape, "http://127.0.0.1:8080", Path("/reports"))
    assert f"loadtest/shapes/{shape}.py" in words[words.index("-f") + 1]
    assert [word for word in words if word.startswith("/reports/")] == [
        "/reports/verdict.json",
        "/reports/report.html",
        "/reports/stats",
        "/reports/stats",
    ]
