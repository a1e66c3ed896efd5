"""Results on their way into docs/choosing.md."""

import re

from loadtest.benchmark.document import DOCUMENT, NOT_MEASURED, blocks, filled, panels
from loadtest.benchmark.line_up import SESSIONS
from loadtest.benchmark.results import Results
from tests.unit.loadtest.benchmark.measurements import measurement, session

RESULTS = Results(
    "2026-11-25",
    sessions={
        "core": session(measurement("echo", 100), measurement("triptych", 90)),
        "ray": session(measurement("triptych", 80), measurement("ray", 10)),
    },
)


def test_a_place_gets_its_content_and_keeps_its_marks() -> None:
    document = "before\n<!-- core -->\nold\n<!-- /core -->\nafter\n"
    assert filled(document, {"core": "new"}) == "before\n<!-- core -->\nnew\n<!-- /core -->\nafter\n"
    assert filled(filled(document, {"core": "new"}), {"core": "new"}) == filled(document, {"core": "new"})


def test_a_place_without_content_says_so() -> None:
    assert NOT_MEASURED in filled("<!-- soak -->\nold\n<!-- /soak -->", {})


def test_the_document_has_a_place_for_everything_that_is_measured() -> None:
    places = set(re.findall(r"<!-- ([a-z0-9_]+) -->", DOCUMENT.read_text()))
    assert places == {*SESSIONS, *blocks(RESULTS), "soak"}


def test_the_plot_has_each_server_once_for_each_number_of_connections() -> None:
    assert panels(RESULTS) == {64: {"FastAPI, a fixed answer": 100, "Triptych": 90, "Ray Serve": 10}}
