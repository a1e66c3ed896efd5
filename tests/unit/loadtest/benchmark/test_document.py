"""Results on their way into docs/choosing.md."""

import re

from loadtest.benchmark.document import DOCUMENTS, NOT_MEASURED, blocks, filled, panels
from loadtest.benchmark.line_up import SESSIONS
from loadtest.benchmark.results import Results
from tests.unit.loadtest.benchmark.measurements import measurement, session

MACHINE = {
    "processor": "a processor",
    "cores": 2,
    "memory_gb": 24,
    "system": "Linux",
    "python": "3.13",
    "wrk": "4.1",
    "packages": {},
    "peers": {},
}
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


def test_the_documents_have_a_place_for_everything_that_is_measured() -> None:
    texts = "".join(document.read_text() for document in DOCUMENTS)
    places = set(re.findall(r"<!-- ([a-z0-9_]+) -->", texts))
    assert places == {*SESSIONS, *blocks(RESULTS), "soak"}


def test_the_readme_has_three_figures_or_none() -> None:
    measured = [measurement("triptych", 4_000), measurement("plain", 1_000), measurement("paper", 9)]
    found = blocks(Results("2026-11-25", MACHINE, {"core": session(*measured)}))["figures"]
    assert re.findall(r"4,000|1,000|\b9\b", found) == ["4,000", "1,000", "9"]
    assert blocks(RESULTS)["figures"] == NOT_MEASURED


def test_the_plot_has_each_server_once_for_each_number_of_connections() -> None:
    assert panels(RESULTS) == {64: {"FastAPI, a fixed answer": 100, "Triptych": 90, "Ray Serve": 10}}
