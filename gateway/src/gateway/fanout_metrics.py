"""What the gateway's metrics say of asking the members: how large steps and calls are, and how long they take."""

from prometheus_client import CollectorRegistry, Histogram
from serving.buckets import ROWS, SECONDS


class FanoutMetrics:
    """The histograms of one registry; those of calls by the member's name."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("model",)
        self.rows = Histogram("fanout_rows", "Rows that left together", buckets=ROWS, registry=registry)
        self.wait = Histogram(
            "fanout_wait_seconds", "How long the first of them had waited", buckets=SECONDS, registry=registry
        )
        self.call_rows = Histogram("member_call_rows", "Rows in a call", labels, buckets=ROWS, registry=registry)
        self.call_seconds = Histogram(
            "member_call_seconds",
            "Time until a call was answered, or given up",
            labels,
            buckets=SECONDS,
            registry=registry,
        )
