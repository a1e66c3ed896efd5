import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Callable

import httpx2
import numpy as np
import pytest
from gateway.backend import ANSWER_LIMIT, Backend
from gateway.member import Member
from gateway.outcome import Outcome

pytestmark = pytest.mark.anyio
GZIP = {"Content-Encoding": "gzip"}
COMPRESSED = "the answer is compressed, which was not asked for"
Handler = Callable[[httpx2.Request], httpx2.Response]


async def ask(handler: Handler, version: str | None = "r1", times: int = 1) -> Outcome:
    """The last outcome of so many calls."""
    async with Backend("sklearn", "http://model-sklearn:8000", httpx2.MockTransport(handler)) as backend:
        for _ in range(times):
            outcome = await backend.infer(
                Member("forest", backend, version), np.array([[1.0]]), 2, 0.5, ["id", "other"]
            )
    return outcome


def raising(error: Exception, cause: Exception | None = None) -> Handler:
    def handler(request: httpx2.Request) -> httpx2.Response:
        raise error from cause

    return handler


@pytest.mark.parametrize(
    ("handler", "status", "words"),
    [
        (raising(httpx2.ConnectError("x"), ConnectionRefusedError(111, "x")), "unavailable", "connection refused"),
        (raising(httpx2.ConnectError("x"), socket.gaierror(-2, "x")), "unavailable", "host name not found"),
        (raising(httpx2.ConnectError("x")), "unavailable", "no connection"),
        (raising(httpx2.ConnectTimeout("x")), "unavailable", "no connection in time"),
        (raising(httpx2.RemoteProtocolError("half an answer")), "error", "half an answer"),
        (raising(httpx2.ReadError("x")), "unavailable", "the connection was closed without an answer"),
        (raising(httpx2.ReadTimeout("x")), "timeout", "no answer in time"),
        (lambda request: httpx2.Response(404), "unavailable", "it does not serve release r1"),
        (lambda request: httpx2.Response(503, json={"error": "starting"}), "unavailable", "starting"),
        (lambda request: httpx2.Response(504, json={"error": "late"}), "timeout", "late"),
        (lambda request: httpx2.Response(429), "overloaded", "HTTP 429"),
        (lambda request: httpx2.Response(500, json={"error": "it broke"}), "error", "it broke"),
        (lambda request: httpx2.Response(500, content=b"<html>"), "error", "HTTP 500"),
        (lambda request: httpx2.Response(500, json=["x"]), "error", "HTTP 500"),
        (lambda request: httpx2.Response(500, content=b"[" * 100_000), "error", "HTTP 500"),
        (lambda request: httpx2.Response(500, content=b'{"error": "\\ud800"}'), "error", "?"),
        (lambda request: httpx2.Response(500, json={"error": "x" * 1000}), "error", "x" * 300),
        (
            lambda request: httpx2.Response(200, content=b" " * (ANSWER_LIMIT + 1)),
            "error",
            f"the answer is longer than {ANSWER_LIMIT} bytes",
        ),
        (lambda request: httpx2.Response(200, content=gzip.compress(b"{}"), headers=GZIP), "error", COMPRESSED),
    ],
)
async def test_every_failure_has_a_status_and_words(handler: Handler, status: str, words: str) -> None:
    outcome = await ask(handler)
    assert (outcome.status, outcome.error) == (status, words)


@pytest.mark.parametrize(
    ("handler", "fault"),
    [
        (raising(httpx2.ConnectError("x")), True),
        (raising(httpx2.ReadTimeout("x")), True),
        (lambda request: httpx2.Response(500), True),
        (lambda request: httpx2.Response(504), False),
        (lambda request: httpx2.Response(200, content=b"<html>"), True),
        (lambda request: httpx2.Response(404), False),
        (lambda request: httpx2.Response(422), False),
        (lambda request: httpx2.Response(429), False),
        (lambda request: httpx2.Response(503), False),
    ],
)
async def test_refusals_and_the_callers_errors_are_no_fault_of_the_member(handler: Handler, fault: bool) -> None:
    assert (await ask(handler)).fault is fault


class Counting:
    """Answers every call in the same way, and counts them."""

    def __init__(self, handler: Handler) -> None:
        self.calls = 0
        self._handler = handler

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.calls += 1
        return self._handler(request)


async def test_a_closed_connection_is_tried_again_within_a_tenth_of_the_calls() -> None:
    closed = Counting(raising(httpx2.ReadError("x")))
    await ask(closed, times=200)
    assert 200 + 10 <= closed.calls <= 200 * 1.1 + 10


async def test_a_call_that_succeeds_the_second_time_is_a_success() -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        if flaky.calls == 1:
            raise httpx2.ReadError("x")
        return httpx2.Response(404)

    flaky = Counting(handler)
    assert (await ask(flaky)).error == "it does not serve release r1"
    assert flaky.calls == 2


@pytest.mark.parametrize(
    "handler",
    [
        lambda request: httpx2.Response(503),
        lambda request: httpx2.Response(500),
        raising(httpx2.ReadTimeout("x")),
        raising(httpx2.RemoteProtocolError("half an answer")),
    ],
)
async def test_an_answer_a_refusal_or_a_timeout_is_never_tried_again(handler: Handler) -> None:
    counting = Counting(handler)
    await ask(counting, times=50)
    assert counting.calls == 50


async def test_a_health_check_that_fails_is_told_as_unreachable() -> None:
    transport = httpx2.MockTransport(raising(httpx2.ConnectTimeout("x")))
    async with Backend("sklearn", "http://model-sklearn:8000", transport) as backend:
        health = await backend.health("r1")
    assert not health.reachable
    assert health.detail == "no connection in time"


@pytest.mark.parametrize(
    ("response", "ready"),
    [
        (httpx2.Response(200), True),
        (httpx2.Response(200, json={"status": "ok"}), True),
        (httpx2.Response(200, json={"ready": False}), False),
        (httpx2.Response(200, json=[1]), True),
        (httpx2.Response(503), False),
        (httpx2.Response(503, content=b"[" * 100_000), False),
    ],
)
async def test_a_foreign_servers_health_is_its_status_unless_it_says_more(
    response: httpx2.Response, ready: bool
) -> None:
    async with Backend("mine", "http://mine:8000", httpx2.MockTransport(lambda request: response)) as backend:
        assert (await backend.health(None)).ready is ready


async def test_a_health_answer_that_drips_is_given_up() -> None:
    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.05)

    transport = httpx2.MockTransport(lambda request: httpx2.Response(200, content=drip()))
    async with Backend("mine", "http://mine:8000", transport) as backend, asyncio.timeout(5):
        assert not (await backend.health(None)).reachable


async def test_a_call_travels_under_its_first_request_and_names_the_others() -> None:
    seen: list[httpx2.Request] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(503)

    await ask(handler)
    assert seen[0].headers["x-request-id"] == "id"
    assert seen[0].headers["x-batched-request-ids"] == "other"


async def test_retries_are_told() -> None:
    told: list[None] = []
    transport = httpx2.MockTransport(raising(httpx2.ReadError("x")))
    async with Backend("sklearn", "http://model-sklearn:8000", transport, lambda: told.append(None)) as backend:
        await backend.infer(Member("forest", backend, "r1"), np.array([[1.0]]), 2, 0.5, [])
    assert len(told) == 1
