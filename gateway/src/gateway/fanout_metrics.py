"""What the gateway's metrics say of asking the members: how large steps and calls are, and how long they take."""

from functools import partial

from prometheus_client import CollectorRegistry, Histogram
from serving.buckets import ROWS, SECONDS


class FanoutMetrics:
    """The histograms of one registry; those of calls by the member's name."""

    def __init__(self, registry: CollectorRegistry) -> None:
        rows = partial(Histogram, buckets=ROWS, registry=registry)
        seconds = partial(Histogram, buckets=SECONDS, registry=registry)
        self.rows = rows("fanout_rows", "Rows that left the gateway's queue together")
        self.wait = seconds("fanout_wait_seconds", "How long the first of the rows that left together had waited")
        self.call_rows = rows("member_call_rows", "Rows in a call to a member", ["model"])
        self.call_seconds = seconds(
            "member_call_seconds", "Time until a call to a member was answered, or given up", ["model"]
        )
