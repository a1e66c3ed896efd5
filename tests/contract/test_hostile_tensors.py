"""Inference requests that lie: refused in the one shape by the gateway and by both model services."""

from typing import Any

import httpx2
import pytest
from serving.deadline import DEADLINE_HEADER

from tests.contract.system import MODELS
from tests.hostile.problem import problem_of
from tests.hostile.tensors import BINARIES, GOOD, REQUESTS, TENSORS, binary_body

pytestmark = [pytest.mark.usefixtures("unharmed"), pytest.mark.parametrize("service", MODELS)]
Clients = dict[str, httpx2.Client]


def check(response: httpx2.Response, status: int) -> None:
    assert response.status_code == status, response.text[:500]
    if status != 200:
        problem_of(response)


def infer(clients: Clients, service: str, **body: Any) -> httpx2.Response:
    return clients[service].post(f"/v2/models/{MODELS[service]}/infer", **body)


@pytest.mark.parametrize(("changes", "status"), [row[1:] for row in TENSORS], ids=[row[0] for row in TENSORS])
def test_a_tensor_that_lies(clients: Clients, service: str, changes: dict[str, Any], status: int) -> None:
    check(infer(clients, service, json={"inputs": [GOOD | changes]}), status)


@pytest.mark.parametrize(("request_body", "status"), [row[1:] for row in REQUESTS], ids=[row[0] for row in REQUESTS])
def test_a_request_that_asks_what_there_is_not(
    clients: Clients, service: str, request_body: dict[str, Any], status: int
) -> None:
    check(infer(clients, service, json=request_body), status)


@pytest.mark.parametrize(
    ("changes", "tail", "length", "status"), [row[1:] for row in BINARIES], ids=[row[0] for row in BINARIES]
)
def test_binary_sizes_that_lie(
    clients: Clients, service: str, changes: dict[str, Any], tail: bytes, length: int | str | None, status: int
) -> None:
    headers, body = binary_body(changes, tail, length)
    check(infer(clients, service, content=body, headers=headers), status)


@pytest.mark.parametrize("path", ["nobody/infer", "{model}/versions/1/infer", "{model}%00/infer", "../{model}/infer"])
def test_a_model_that_there_is_not(clients: Clients, service: str, path: str) -> None:
    url = f"/v2/models/{path.format(model=MODELS[service])}"
    check(clients[service].post(url, json={"inputs": [GOOD]}), 404)


@pytest.mark.parametrize("deadline", ["0", "-1", "1.5", "soon", "9" * 30, "\u0663".encode().decode("latin-1")])
def test_a_deadline_that_is_none(clients: Clients, service: str, deadline: str) -> None:
    check(infer(clients, service, json={"inputs": [GOOD]}, headers={DEADLINE_HEADER: deadline.encode("latin-1")}), 422)
