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


def test_the_last_line_gives_rate_and_latencies() -> None:
    assert parse(OUTPUT) == Reading(2000.0, 6.125, 11.5, errors=15, requests=10_000)


def test_output_without_the_scripts_line_is_an_error() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        parse("unable to connect to 127.0.0.1:8000 Connection refused\n")
