"""What was measured between two moments of a run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Counts:
    """Everything since the run began, at one moment. `latencies` counts answers by their rounded milliseconds."""

    at_s: float = 0.0
    requests: int = 0
    failures: int = 0
    latencies: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    requests: int
    seconds: float
    fail_ratio: float
    p95_ms: float
    p99_ms: float
    requests_per_s: float


def counts_of(total: Any, at_s: float | None = None) -> Counts:
    """Locust's statistics of all requests, now; else at the last request."""
    seconds = (total.last_request_timestamp or total.start_time) - total.start_time if at_s is None else at_s
    return Counts(seconds, total.num_requests, total.num_failures, dict(total.response_times))


def between(before: Counts, after: Counts) -> Figures:
    """Where nothing was asked, all is zero."""
    requests, seconds = after.requests - before.requests, after.at_s - before.at_s
    latencies = {ms: count - before.latencies.get(ms, 0) for ms, count in after.latencies.items()}
    return Figures(
        requests=requests,
        seconds=round(seconds, 1),
        fail_ratio=(after.failures - before.failures) / requests if requests else 0.0,
        p95_ms=percentile(latencies, 0.95),
        p99_ms=percentile(latencies, 0.99),
        requests_per_s=round(requests / seconds, 1) if seconds > 0 else 0.0,
    )


def percentile(latencies: Mapping[int, int], share: float) -> float:
    """The least latency within which this share of the answers came; 0 where there are none."""
    left = share * sum(latencies.values())
    for ms in sorted(latencies):
        left -= latencies[ms]
        if latencies[ms] and left <= 1e-9:
            return float(ms)
    return 0.0
