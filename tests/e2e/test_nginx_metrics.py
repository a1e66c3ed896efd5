"""What nginx tells Prometheus, inside the containers' networks alone."""

from prometheus_client.parser import text_string_to_metric_families

from tests.stack import Stack

ASK = """
import http.client, sys
connection = http.client.HTTPConnection("frontend", 8002, timeout=5)
connection.request("GET", sys.argv[1], headers={"X-Request-ID": "asked-for-metrics"})
response = connection.getresponse()
print(response.status, response.headers["content-type"], response.read().decode(), sep="\\n")
"""


def answered(stack: Stack, path: str) -> tuple[int, str, str]:
    """Status, content type and body that the gateway's container gets."""
    status, kind, body = stack.execute("gateway", "python", "-c", ASK, path).stdout.split("\n", 2)
    return int(status), kind, body


def test_its_connections_are_told_by_state_in_prometheus_own_format(stack: Stack) -> None:
    status, kind, body = answered(stack, "/metrics")
    assert (status, kind) == (200, "text/plain; version=0.0.4")
    [family] = text_string_to_metric_families(body)
    assert (family.name, family.type) == ("nginx_connections", "gauge")
    found = {sample.labels["state"]: sample.value for sample in family.samples}
    assert set(found) == {"active", "reading", "writing", "waiting"}
    assert found["active"] >= found["writing"] >= 1  # this request's


def test_nothing_else_is_told_there(stack: Stack) -> None:
    assert {answered(stack, path)[0] for path in ("/", "/metrics/", "/health/live", "/predict", "/index.html")} == {404}


def test_who_asks_is_not_logged(stack: Stack) -> None:
    answered(stack, "/metrics")
    stack.client.get("/models", headers={"X-Request-ID": "asked-for-models"})
    stack.restart(f"{stack.project}-frontend-1")  # so that nothing more is to be written
    log = stack.compose("logs", "frontend").stdout
    assert "asked-for-models" in log
    assert "asked-for-metrics" not in log
