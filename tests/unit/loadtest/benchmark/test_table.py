"""Tables that read well as they stand and as Markdown."""

from dataclasses import replace

from loadtest.benchmark.table import session_table, verdict_table
from loadtest.benchmark.targets import Verdict
from tests.unit.loadtest.benchmark.measurements import measurement, session


def test_a_session_has_a_row_for_each_contender_and_number_of_connections() -> None:
    table = session_table(session(measurement("echo", 10_321.4), measurement("triptych", 99, errors=2)))
    assert table.splitlines() == [
        "| server                  | connections | requests/s | p50 ms | p99 ms | errors |",
        "| ----------------------- | ----------: | ---------: | -----: | -----: | -----: |",
        "| FastAPI, a fixed answer |          64 |     10,321 |   1.00 |  10.00 |      0 |",
        "| Triptych                |          64 |         99 |   1.00 |  10.00 |      2 |",
    ]


def test_who_answered_nothing_has_no_latency() -> None:
    table = session_table(session(replace(measurement("paper", 0), requests=0)))
    assert table.splitlines()[-1].split("|")[3:6] == ["          0 ", "      – ", "      – "]


def test_who_was_left_out_stands_below_with_the_reason() -> None:
    table = session_table(session(measurement("echo", 1), skipped={"triptych_nginx": "no Docker"}))
    assert table.endswith("\nLeft out: Triptych through nginx (no Docker)")


def test_a_verdict_is_in_words() -> None:
    table = verdict_table([Verdict("speed", "≥ 1 ×", "2.00 ×", True)])
    assert table.splitlines()[-1] == "| speed | ≥ 1 ×  | 2.00 ×   | met |"
