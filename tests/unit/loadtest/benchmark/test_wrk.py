"""Reading what wrk writes."""

import pytest

from loadtest.benchmark.wrk import Reading, parse

OUTPUT = """\
Running 5s test @ http://127.0.0.1:8000/predict
  1 threads and 64 connections
Requests/sec:   2000.00

{"requests": 10000, "seconds": 5.0, "p50_ms": 6.125, "p99_ms": 11.5, \
"connect": 1, "read": 2, "write": 3, "status": 4, "timeout": 5}
"""


def test_the_last_line_gives_rate_latencies_and_errors_of_every_kind() -> None:
    assert parse(OUTPUT) == Reading(1999.2, 6.125, 11.5, errors=15, requests=9_996)


def test_an_answer_that_is_an_error_does_not_count_as_throughput() -> None:
    assert parse(OUTPUT.replace('"status": 4', '"status": 10000')).requests_per_s == 0


def test_output_without_the_scripts_line_is_an_error() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        parse("unable to connect to 127.0.0.1:8000 Connection refused\n")
