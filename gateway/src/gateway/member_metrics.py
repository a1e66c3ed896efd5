"""What the gateway's metrics say of its members now."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.active_release import ActiveRelease


class MemberMetrics(Collector):
    """Of the active release's members when it is asked."""

    def __init__(self, releases: ActiveRelease) -> None:
        self._releases = releases

    def collect(self) -> Iterator[Metric]:
        labels = ["model"]
        ready = GaugeMetricFamily("member_ready", "1 where the member would answer now", labels=labels)
        left_alone = GaugeMetricFamily(
            "member_breaker_open", "1 where it is left alone, since it kept failing", labels=labels
        )
        waiting = GaugeMetricFamily("member_rows_waiting", "Rows that wait for the member", labels=labels)
        for release in self._releases.served[:1]:
            for member in release.members:
                lane = release.fanout.lanes[member.name]
                ready.add_metric([member.name], self._releases.unready(member) is None)
                left_alone.add_metric([member.name], lane.left_alone)
                waiting.add_metric([member.name], lane.rows_waiting)
        return iter([ready, left_alone, waiting])
