"""What the containers log of a request, one JSON line each, under one id."""

import json
import secrets
from typing import Any

import pytest

from tests.flower import FLOWER
from tests.processes import until
from tests.stack import Stack

SERVICES = ("frontend", "gateway", "model-sklearn", "model-tf")


@pytest.fixture(autouse=True)
def whole(stack: Stack) -> None:
    until(stack.all_ready, seconds=60, what="all models to be ready")


def lines(stack: Stack, request_id: str, service: str) -> list[dict[str, Any]]:
    logged = stack.compose("logs", "--no-log-prefix", service).stdout.splitlines()
    return [json.loads(line) for line in logged if request_id in line]


def test_a_request_is_found_by_its_id_in_every_service_that_it_passed(stack: Stack) -> None:
    request_id = secrets.token_hex(8)
    answer = stack.client.post("/predict", json=FLOWER, headers={"X-Request-ID": request_id})
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == request_id
    counts = {"frontend": 1, "gateway": 1, "model-sklearn": 2, "model-tf": 1}
    until(
        lambda: {service: len(lines(stack, request_id, service)) for service in SERVICES} == counts,
        seconds=10,
        what="a line of each service, and one a model",
    )
    [nginx], [gateway] = (lines(stack, request_id, service) for service in ("frontend", "gateway"))
    assert (nginx["level"], nginx["path"], nginx["status"]) == ("info", "/predict", 200)
    assert (gateway["level"], gateway["route"], gateway["status"]) == ("info", "/predict", 200)
    assert gateway["release"] == answer.json()["release"]
    assert gateway["models"] == {name: part["status"] for name, part in answer.json()["models"].items()}
    of_models = [line for service in SERVICES[2:] for line in lines(stack, request_id, service)]
    assert {line["model"] for line in of_models} == set(gateway["models"])
    assert all({"time", "level", "route", "status", "duration_ms", "release"} <= set(line) for line in of_models)


def test_no_input_is_logged_anywhere(stack: Stack) -> None:
    request_id, secret = secrets.token_hex(8), 3.1415926
    stack.client.post("/predict", json=FLOWER | {"sepal_length": secret}, headers={"X-Request-ID": request_id})
    stack.client.post("/predict", json=FLOWER | {"sepal_length": f"{secret}x"}, headers={"X-Request-ID": request_id})
    until(lambda: len(lines(stack, request_id, "gateway")) == 2, seconds=10, what="both lines")
    assert str(secret) not in stack.compose("logs").stdout


def test_a_query_is_not_logged_since_it_may_hold_what_belongs_elsewhere(stack: Stack) -> None:
    request_id = secrets.token_hex(8)
    stack.client.post("/predict?api_key=s3cr3t", json=FLOWER, headers={"X-Request-ID": request_id})
    until(lambda: len(lines(stack, request_id, "frontend")) == 1, seconds=10, what="its line")
    assert lines(stack, request_id, "frontend")[0]["path"] == "/predict"


def test_where_the_time_went_reaches_the_browser(stack: Stack) -> None:
    timing = stack.predict(**FLOWER).headers["server-timing"]
    names = {entry.partition(";")[0].strip() for entry in timing.split(",")}
    assert names == {"queue", "fanout", "merge", "random_forest", "k_neighbors", "neural_network"}
