"""A client that goes away stops its work: a gateway as a process, and a member that is busy meanwhile."""

import http.client
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from tests.flower import FLOWER
from tests.processes import answers, free_ports, running, serving, until

CALL_MS = 2_000
PATH = "/predict?models=slow"


class System:
    """Clients of the gateway and of its one member, `slow`."""

    def __init__(self, gateway: httpx2.Client, slow: httpx2.Client) -> None:
        self.gateway = gateway
        self.slow = slow

    def in_flight(self) -> float:
        """The gateway's requests, without the one that asks."""
        lines = self.gateway.get("/metrics").text.splitlines()
        [line] = [line for line in lines if line.startswith("http_requests_in_flight ")]
        return float(line.split()[1]) - 1

    def rows_asked(self) -> object:
        """How many rows the member was asked for, call by call."""
        return self.slow.get("/rows").json()


@pytest.fixture
def system(iris_store: Path) -> Iterator[System]:
    gateway, slow = free_ports(2)
    settings = {"MODEL_STORE": str(iris_store), "BACKENDS": f"slow=http://127.0.0.1:{slow}", "DEADLINE_MS": "10000"}
    with ExitStack() as stack:
        stub = [sys.executable, "-m", "tests.stub_member", str(slow), str(CALL_MS)]
        urls = [
            stack.enter_context(running(stub, f"http://127.0.0.1:{slow}")).url,
            stack.enter_context(serving("gateway.app:create_app()", gateway, **settings)).url,
        ]
        to_slow, to_gateway = (stack.enter_context(httpx2.Client(base_url=url, trust_env=False)) for url in urls)
        until(lambda: answers(f"{urls[1]}/models"), seconds=60, what="the gateway to have its release")
        yield System(to_gateway, to_slow)


def test_what_it_asked_is_asked_of_no_member(system: System) -> None:
    def ask() -> int:
        return system.gateway.post(PATH, json=FLOWER, timeout=30).status_code

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask)
        until(lambda: system.rows_asked() == [1], seconds=CALL_MS / 1000, what="the member to be busy")
        gone = http.client.HTTPConnection(str(system.gateway.base_url.netloc, "ascii"))
        gone.request("POST", PATH, body=json.dumps(FLOWER), headers={"Content-Type": "application/json"})
        until(lambda: system.in_flight() == 2, seconds=CALL_MS / 1000, what="the second to wait")
        gone.close()
        until(lambda: system.in_flight() == 1, seconds=CALL_MS / 1000, what="the gateway to notice")
        third = pool.submit(ask)
        assert [first.result(), third.result()] == [200, 200]
    assert system.rows_asked() == [1, 1]
