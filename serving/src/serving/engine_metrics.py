"""What a model service's metrics say of its engines' calls: how large they are, how long they take and have waited."""

from prometheus_client import CollectorRegistry, Histogram

from serving.buckets import ROWS, SECONDS


class EngineMetrics:
    """The histograms of one registry, by the model's name."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("model",)
        self.rows = Histogram("engine_call_rows", "Rows in a call", labels, buckets=ROWS, registry=registry)
        self.seconds = Histogram("engine_call_seconds", "Time of a call", labels, buckets=SECONDS, registry=registry)
        self.wait = Histogram(
            "engine_wait_seconds", "How long a call's first rows had waited", labels, buckets=SECONDS, registry=registry
        )
