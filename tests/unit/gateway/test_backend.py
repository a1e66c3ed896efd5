import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Callable

import httpx2
import numpy as np
import pytest
from gateway.backend import ANSWER_LIMIT, Backend
from gateway.inference import write_question
from gateway.outcome import Outcome

pytestmark = pytest.mark.anyio
GZIP = {"Content-Encoding": "gzip"}
COMPRESSED = "the answer is compressed, which was not asked for"
Handler = Callable[[httpx2.Request], httpx2.Response]


async def ask(handler: Handler, version: str | None = "r1") -> Outcome:
    question = write_question(np.array([[1.0]]))
    async with Backend("sklearn", "http://model-sklearn:8000", httpx2.MockTransport(handler)) as backend:
        return await backend.infer("forest", version, question, (1, 2), deadline_ms=500, request_id="id")


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
        (raising(httpx2.RemoteProtocolError("x")), "unavailable", "the connection was closed without an answer"),
        (raising(httpx2.ReadError("x")), "unavailable", "the connection was closed without an answer"),
        (raising(httpx2.PoolTimeout("x")), "overloaded", "no connection was free"),
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
