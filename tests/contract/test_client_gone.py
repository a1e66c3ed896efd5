"""A client that goes away stops its work: on the real service, whose engine is busy meanwhile."""

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from tests.processes import Service, answers, free_ports, serving, until

MODEL = "/v2/models/random_forest"
MANY = 10_000


@pytest.fixture(scope="module")
def service(iris_store: Path) -> Iterator[Service]:
    """With scikit-learn's own forest, which is busy with `MANY` rows for a while."""
    environment = {"MODEL_STORE": str(iris_store), "ENGINES": "native"}
    with serving("model_sklearn.app:create_app()", free_ports(1)[0], **environment) as service:
        until(lambda: answers(f"{service.url}/v2/health/ready"), seconds=60, what="the models to be loaded")
        yield service


def question(rows: int) -> bytes:
    tensor = {"name": "input", "shape": [rows, 4], "datatype": "FP64", "data": [5.1, 3.5, 1.4, 0.2] * rows}
    return json.dumps({"inputs": [tensor]}).encode()


def in_flight(client: httpx2.Client) -> float:
    """Requests, without the one that asks."""
    [line] = [line for line in client.get("/metrics").text.splitlines() if line.startswith("http_requests_in_flight ")]
    return float(line.split()[1]) - 1


def test_what_it_asked_is_not_computed(service: Service) -> None:
    with httpx2.Client(base_url=service.url, trust_env=False, timeout=30) as client, ThreadPoolExecutor(2) as pool:
        busy = [pool.submit(client.post, f"{MODEL}/infer", content=question(MANY)) for _ in range(2)]
        until(lambda: in_flight(client) == 2, seconds=5, what="the engine to be busy")
        gone = http.client.HTTPConnection(service.url.removeprefix("http://"))
        gone.request("POST", f"{MODEL}/infer", body=question(1))
        until(lambda: in_flight(client) == 3, seconds=5, what="the question to be there")
        gone.close()
        assert [call.result().status_code for call in busy] == [200, 200]
        [stats] = client.get(f"{MODEL}/stats").json()["model_stats"]
    assert stats["inference_count"] == 2 * MANY
    assert stats["inference_stats"]["fail"]["count"] == 1
