"""What every service's metrics say of its requests: how many of each kind there were, and how long they took."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from serving.buckets import SECONDS

MOST_WAITING = 1024
_BOUNDS = np.array(SECONDS)


class RequestMetrics(Collector):
    """Requests are kept as they come, and counted many at a time: one by one they would take three times as long.

    `in_flight` are those that are being answered.
    """

    def __init__(self) -> None:
        self.in_flight = 0
        self._waiting: list[tuple[str, str, int, float]] = []
        self._answered: Counter[tuple[str, str, int]] = Counter()
        self._buckets: defaultdict[tuple[str, str], NDArray[np.intp]] = defaultdict(_none)
        self._seconds: defaultdict[tuple[str, str], float] = defaultdict(float)

    @property
    def waiting(self) -> int:
        """How many are still to be counted."""
        return len(self._waiting)

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request that is over."""
        self._waiting.append((method, route, status, seconds))
        if len(self._waiting) >= MOST_WAITING:
            self._count()

    def collect(self) -> Iterator[Metric]:
        self._count()
        yield GaugeMetricFamily("http_requests_in_flight", "Requests being answered", self.in_flight)
        labels = ["method", "route"]
        requests = CounterMetricFamily("http_requests", "Requests answered", labels=[*labels, "status"])
        for (method, route, status), count in self._answered.items():
            requests.add_metric([method, route, str(status)], count)
        yield requests
        times = HistogramMetricFamily("http_request_duration_seconds", "Time to answer", labels=labels)
        for kind, counts in self._buckets.items():
            bounds = [*map(str, SECONDS), "+Inf"]
            cumulative = zip(bounds, accumulate(counts.tolist()), strict=True)
            times.add_metric(kind, list(cumulative), self._seconds[kind])
        yield times

    def _count(self) -> None:
        waiting, self._waiting = self._waiting, []
        of_kind: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        for method, route, status, seconds in waiting:
            self._answered[method, route, status] += 1
            of_kind[method, route].append(seconds)
        for kind, times in of_kind.items():
            self._buckets[kind] += np.bincount(np.searchsorted(_BOUNDS, times), minlength=len(SECONDS) + 1)
            self._seconds[kind] += sum(times)


def _none() -> NDArray[np.intp]:
    return np.zeros(len(SECONDS) + 1, dtype=np.intp)
