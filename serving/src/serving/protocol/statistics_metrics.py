"""The statistics extension's counts as metrics."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from serving.protocol.repository import Repository
from serving.protocol.statistics import Statistics


class StatisticsMetrics(Collector):
    """Of the models that are served when it is asked."""

    def __init__(self, repository: Repository, statistics: Statistics) -> None:
        self._repository = repository
        self._statistics = statistics

    def collect(self) -> Iterator[Metric]:
        labels = ["model", "release"]
        rows = CounterMetricFamily("inference_rows", "Rows inferred by calls of the protocol", labels=labels)
        calls = CounterMetricFamily("inference_calls", "Calls of the protocol", labels=[*labels, "outcome"])
        seconds = CounterMetricFamily("inference_seconds", "Time of the protocol's successful calls", labels=labels)
        for model in self._repository.index():
            asked = self._statistics.of(model)
            of_model = [model.name, model.version]
            rows.add_metric(of_model, asked.rows)
            calls.add_metric([*of_model, "success"], asked.success.count)
            calls.add_metric([*of_model, "fail"], asked.fail.count)
            seconds.add_metric(of_model, asked.success.ns / 1e9)
        return iter([rows, calls, seconds])
