"""HTTP that is none, through nginx: one error shape, nobody harmed, and nothing reaches what it was kept from."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.hostile.bodies import FLOWER, LIMITS, VALID, padded
from tests.hostile.exchange import Answer, Exchange, exchange
from tests.hostile.problem import MEMBERS, problem_of
from tests.hostile.raw_http import BROKEN, DECLARED, INSIDE, JSON, LENGTHS, ODD, get, post
from tests.processes import until
from tests.stack import Stack

SERVICES = ("frontend", "gateway", "model-sklearn", "model-tf")
NEWLINES = [  # encoded, at the end of a path that nginx knows: it is another path
    (
        "more than a path but for inference takes",
        b"/v2/models/k_neighbors/infer%0a",
        b"Content-Length: 70000\r\n",
        {413},
    ),
    ("an address that is not ASCII", b"/problem%0a?\xe9", DECLARED, {400}),
]
REFUSED = [*LENGTHS, *BROKEN, *((name, post(headers, target=path), status) for name, path, headers, status in NEWLINES)]
LATEST_S = 14.0  # by which what does not come in 10 s has to be over


def processes(stack: Stack) -> dict[str, set[tuple[str, str, int]]]:
    """Each container's processes, when they were started, and how often Docker has restarted it."""
    found = {}
    for service in SERVICES:
        stats = stack.compose("exec", service, "sh", "-c", "cat /proc/[0-9]*/stat").stdout
        ours = re.findall(r"^(\d+) \((?!sh\)|cat\)).*\) \S (\d+)(?: \S+){17} (\d+)", stats, re.MULTILINE)
        restarts = stack.inspect(service)["RestartCount"]
        lasting = {(pid, started) for pid, parent, started in ours if pid == "1" or parent != "0"}  # no health check
        found[service] = {(pid, started, restarts) for pid, started in lasting}
    return found


@pytest.fixture(scope="module", autouse=True)
def unharmed(stack: Stack) -> Iterator[None]:
    """After all tests of this module, the same processes serve and all models answer."""
    until(stack.all_ready, seconds=60, what="all models to be ready")
    before = processes(stack)
    assert all(before.values())
    yield
    assert processes(stack) == before
    assert stack.all_ready()


def asked(stack: Stack, service: str) -> float:
    """How many requests it has answered, but those for health and metrics."""
    quiet = ("/health", "/v2/health", "/metrics")
    counted = stack.metric(service, "http_requests_total")
    return sum(each.value for each in counted if not each.labels["route"].startswith(quiet))


@contextmanager
def none_reaches(stack: Stack, *services: str) -> Iterator[None]:
    """Nothing is asked of these services meanwhile."""
    before = {service: asked(stack, service) for service in services}
    yield
    assert {service: asked(stack, service) for service in services} == before


def assert_one_shape(answer: Answer) -> None:
    """Where it tells of a failure."""
    if answer.status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        document = json.loads(answer.body)
        assert document.keys() >= MEMBERS
        assert document["status"] == answer.status


def all_at_once(stack: Stack, rows: list[tuple[str, bytes, set[int]]]) -> dict[str, Exchange]:
    with ThreadPoolExecutor(16) as pool:
        found = pool.map(lambda row: exchange(stack.url, row[1]), rows)
        return dict(zip((row[0] for row in rows), found, strict=True))


@pytest.fixture(scope="module")
def refused(stack: Stack) -> dict[str, Exchange]:
    with none_reaches(stack, "gateway", "model-sklearn", "model-tf"):
        return all_at_once(stack, REFUSED)


@pytest.fixture(scope="module")
def odd(stack: Stack) -> dict[str, Exchange]:
    return all_at_once(stack, ODD)


@pytest.mark.parametrize(("name", "statuses"), [(row[0], row[2]) for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_nginx_refuses_what_is_no_request(refused: dict[str, Exchange], name: str, statuses: set[int]) -> None:
    found = refused[name]
    [status] = found.statuses()
    assert status in statuses
    for answer in found.answers:
        assert_one_shape(answer)


@pytest.mark.parametrize(("name", "statuses"), [(row[0], row[2]) for row in ODD], ids=[row[0] for row in ODD])
def test_what_is_odd_means_the_same_to_all(odd: dict[str, Exchange], name: str, statuses: set[int]) -> None:
    found = odd[name]
    assert set(found.statuses() or [0]) <= statuses
    for answer in found.answers:
        assert_one_shape(answer)


@pytest.mark.parametrize("target", INSIDE)
def test_what_is_inside_is_not_had_by_another_name(stack: Stack, target: bytes) -> None:
    found = exchange(stack.url, get(target))
    assert set(found.statuses()) <= {400, 404}
    assert b"http_requests" not in found.raw
    for answer in found.answers:
        assert_one_shape(answer)


def kept(body: bytes = FLOWER) -> bytes:
    """A good request that leaves its connection open."""
    return post(DECLARED, body).replace(b"Connection: close\r\n", b"")


ONE = b"Content-Length: 1\r\n"
PIPELINES = [
    ("two requests", kept() + post(DECLARED), [200, 200]),
    ("garbage after a request", kept() + b"\0\xff garbage\r\n\r\n", [200, 400]),
    ("more than was said", kept() + b"}" * 100 + b"\r\n\r\n", [200, 400]),
    ("another request in the rest of a body", kept(b"5" + get(b"/metrics")).replace(DECLARED, ONE), [422, 404]),
]


@pytest.mark.parametrize(("sent", "statuses"), [row[1:] for row in PIPELINES], ids=[row[0] for row in PIPELINES])
def test_requests_on_one_connection_are_answered_in_turn(stack: Stack, sent: bytes, statuses: list[int]) -> None:
    found = exchange(stack.url, sent)
    assert found.statuses() == statuses
    for answer in found.answers:
        assert_one_shape(answer)


@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "chunked"])
@pytest.mark.parametrize(("path", "limit"), LIMITS.items())
def test_a_body_of_the_limit_is_taken_and_a_byte_more_reaches_no_model(
    stack: Stack, path: str, limit: int, chunked: bool
) -> None:
    def status(size: int) -> int:
        body = padded(VALID[path], size)
        parts = (body[start : start + 50_000] for start in range(0, size, 50_000))
        headers = {"Content-Type": "application/json"}
        response = stack.client.post(path, content=parts if chunked else body, headers=headers)
        if response.status_code != 200:
            problem_of(response)
        return response.status_code

    assert status(limit) == 200
    with none_reaches(stack, "model-sklearn", "model-tf"):
        assert status(limit + 1) == 413


def test_a_client_that_is_too_slow_is_answered_with_a_408_or_closed(stack: Stack) -> None:
    head = b"POST %b HTTP/1.1\r\nHost: x\r\n" + JSON + DECLARED + b"\r\n"
    dripping = [b"%c" % byte for byte in FLOWER]
    clients: dict[str, list[bytes]] = {
        "half a request line": [b"POST /pre"],
        "half the headers": [b"POST /predict HTTP/1.1\r\nHost: x\r\nX-Slow: "],
        "headers by and by": [b"POST /predict HTTP/1.1\r\nX: ", *[b"x"] * 12],
        "no body": [head % b"/predict"],
        "half a body": [head % b"/predict" + FLOWER[:40]],
        "no batch": [head % b"/predict/batch"],
        "half a batch": [head % b"/predict/batch" + FLOWER[:40]],
        "a batch by and by": [head % b"/predict/batch", *dripping[:12]],
        "an inference by and by": [head % b"/v2/models/k_neighbors/infer", *dripping[:12]],
    }

    def ask(parts: list[bytes]) -> Exchange:
        return exchange(stack.url, parts, every_s=1.0, quiet_s=LATEST_S)

    with none_reaches(stack, "model-sklearn", "model-tf"), ThreadPoolExecutor(len(clients)) as pool:
        found = dict(zip(clients, pool.map(ask, clients.values()), strict=True))
    print({name: (each.statuses(), round(each.seconds, 1)) for name, each in found.items()})
    assert {name for name, each in found.items() if not each.closed or each.seconds > LATEST_S} == set()
    assert {status for each in found.values() for status in each.statuses()} <= {408}
    for each in found.values():
        for answer in each.answers:
            assert_one_shape(answer)
