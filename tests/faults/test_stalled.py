"""Bodies that come slowly, or never whole: whoever sends them holds up nobody else, and the gateway stays small."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.hostile.bodies import VALID
from tests.hostile.exchange import Exchange, exchange
from tests.hostile.tables import HEAD, ROW
from tests.processes import until
from tests.stack import Stack

pytestmark = pytest.mark.long

MIB = 2**20
UPLOADS = 20
BODIES = 250
INFER = "/v2/models/k_neighbors/infer"


@pytest.fixture(autouse=True)
def whole(stack: Stack) -> None:
    until(stack.all_ready, seconds=60, what="all models to be ready")


def ask(stack: Stack, path: str, body: bytes) -> httpx2.Response:
    declared = "text/csv" if path.endswith("csv") else "application/json"
    return stack.client.post(path, content=body, headers={"Content-Type": declared})


def assert_all_is_answered(stack: Stack) -> None:
    for path, body in {**VALID, "/predict/csv": HEAD + ROW}.items():
        response = ask(stack, path, body)
        assert response.status_code == 200, response.text


def test_tables_that_trickle_in_end_after_thirty_seconds_and_others_are_answered_meanwhile(stack: Stack) -> None:
    head = b"POST /predict/csv HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\n\r\n"
    found: list[Exchange] = []

    def trickle() -> None:
        found.append(exchange(stack.url, [head + HEAD, *[ROW] * 36], every_s=1.0, quiet_s=10.0))

    uploads = [threading.Thread(target=trickle) for _ in range(UPLOADS)]
    for upload in uploads:
        upload.start()
    asked = 0
    while any(upload.is_alive() for upload in uploads):
        assert_all_is_answered(stack)
        asked += 1
        uploads[asked % UPLOADS].join(1.0)
    print(f"asked {asked} times while {UPLOADS} tables trickled in for {max(each.seconds for each in found):.0f} s")
    assert asked > 10
    assert [each.statuses() for each in found] == [[408]] * UPLOADS
    assert all(each.closed for each in found)


@contextlib.contextmanager
def held(stack: Stack, path: str, size: int) -> Iterator[None]:
    """Connections on which all but the last byte of a body has been sent."""
    address = urlsplit(stack.url)
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n"
    content = head.encode() + b" " * (size - 1)
    with contextlib.ExitStack() as connections:
        for _ in range(BODIES):
            made = socket.create_connection((address.hostname, address.port), timeout=5)
            connection = connections.enter_context(made)
            with contextlib.suppress(OSError):  # it is refused already
                connection.sendall(content)
        yield


@pytest.mark.parametrize("path", ["/predict/batch", INFER])
def test_large_bodies_that_are_never_whole_take_bounded_memory(stack: Stack, path: str) -> None:
    with held(stack, path, 8 * MIB):
        now, _ = stack.memory("gateway")
        assert ask(stack, "/predict", VALID["/predict"]).status_code == 200
    print(f"the gateway had {now // MIB} MiB while {BODIES} bodies of 8 MiB were coming")
    assert now < 512 * MIB
    state = stack.inspect("gateway")
    assert (state["State"]["OOMKilled"], state["RestartCount"]) == (False, 0)
    until(lambda: ask(stack, path, VALID[path]).status_code == 200, seconds=15, what="room for others")
