"""What a model service's metrics say of its engines' calls: how large they are, how long they take and have waited."""

from functools import partial

from prometheus_client import CollectorRegistry, Histogram

from serving.buckets import ROWS, SECONDS


class EngineMetrics:
    """The histograms of one registry, by the model's name."""

    def __init__(self, registry: CollectorRegistry) -> None:
        of_model = partial(Histogram, labelnames=["model"], registry=registry)
        self.rows = of_model("engine_call_rows", "Rows in a call of an engine", buckets=ROWS)
        self.seconds = of_model("engine_call_seconds", "Time of a call of an engine", buckets=SECONDS)
        self.wait = of_model("engine_wait_seconds", "How long a call's first rows had waited for it", buckets=SECONDS)
