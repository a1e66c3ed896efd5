"""wrk, the load generator: one run of it, and what it measured."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("post.lua")
TIMEOUT_S = 30  # longer than a run: a slow answer is slow, not an error


@dataclass(frozen=True)
class Reading:
    """One run: good answers a second, the median and the 99th percentile of all latencies, and what went wrong.

    `errors` counts answers with a status of 400 or more, and connections that failed, broke or timed out. Nobody gains
    by failing fast: `requests` is how many were answered well.
    """

    requests_per_s: float
    p50_ms: float
    p99_ms: float
    errors: int
    requests: int


def require_wrk() -> None:
    if shutil.which("wrk") is None:
        sys.exit(
            "the benchmark needs wrk, which PyPI does not have (Debian: apt-get install wrk; macOS: brew install wrk)"
        )


def wrk(url: str, body: str, *, connections: int, seconds: float) -> Reading:
    """Post one body over and over. Raises CalledProcessError where wrk itself fails."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", f"--timeout={TIMEOUT_S}s", "--latency"]
    command += ["-s", str(SCRIPT), url]
    run = subprocess.run(command, env={**os.environ, "BODY": body}, capture_output=True, text=True, check=True)
    return parse(run.stdout)


def parse(output: str) -> Reading:
    """wrk's output, of which post.lua wrote the last line."""
    summary = json.loads(output.strip().splitlines()[-1])
    errors = sum(summary[kind] for kind in ("connect", "read", "write", "status", "timeout"))
    good = summary["requests"] - summary["status"]
    return Reading(
        requests_per_s=good / summary["seconds"],
        p50_ms=summary["p50_ms"],
        p99_ms=summary["p99_ms"],
        errors=errors,
        requests=good,
    )
