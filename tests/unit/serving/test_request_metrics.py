from prometheus_client import CollectorRegistry
from serving.buckets import SECONDS
from serving.request_metrics import MOST_WAITING, RequestMetrics

LABELS = {"method": "GET", "route": "/"}


def told(metrics: RequestMetrics, name: str, **labels: str) -> float | None:
    registry = CollectorRegistry()
    registry.register(metrics)
    return registry.get_sample_value(name, LABELS | labels)


def test_a_time_is_in_each_bucket_that_it_fits_into_its_bound_included() -> None:
    metrics = RequestMetrics()
    for seconds in (SECONDS[0], 0.003, 99.0):
        metrics.add("GET", "/", 200, seconds)
    in_bucket = {
        bound: told(metrics, "http_request_duration_seconds_bucket", le=bound)
        for bound in ("0.0001", "0.0025", "0.005", "10.0", "+Inf")
    }
    assert in_bucket == {"0.0001": 1, "0.0025": 1, "0.005": 2, "10.0": 2, "+Inf": 3}
    assert told(metrics, "http_request_duration_seconds_count") == 3
    assert (told(metrics, "http_request_duration_seconds_sum") or 0) > 99


def test_counts_go_on_from_one_look_to_the_next() -> None:
    metrics = RequestMetrics()
    for total in (1, 2, 3):
        metrics.add("GET", "/", 404, 0.001)
        assert told(metrics, "http_requests_total", status="404") == total
        assert told(metrics, "http_request_duration_seconds_count") == total


def test_no_more_than_so_many_requests_wait_to_be_counted() -> None:
    metrics = RequestMetrics()
    for _ in range(MOST_WAITING + 1):
        metrics.add("GET", "/", 200, 0.001)
    assert metrics.waiting == 1
    assert told(metrics, "http_requests_total", status="200") == MOST_WAITING + 1
