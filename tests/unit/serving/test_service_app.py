"""What every HTTP service of ours does with a request that fails, and with one that does not."""

import json
import logging
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI, Request
from prometheus_client import CollectorRegistry
from serving.access_log import logger
from serving.body import read_body, read_json_body
from serving.draining import Draining
from serving.errors import ClientGone, NotFound, Unavailable
from serving.service_app import equip

from tests.log_lines import log_lines

pytestmark = pytest.mark.anyio


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def app(registry: CollectorRegistry) -> FastAPI:
    app = FastAPI()

    @app.get("/things/{number}")
    async def thing(number: int) -> int:
        return 1 // number

    @app.get("/away")
    async def away() -> None:
        raise Unavailable("it is away", hint="soon")

    @app.get("/missing")
    async def missing() -> None:
        raise NotFound("no such thing")

    @app.post("/body")
    async def body(request: Request) -> int:
        return len(await read_json_body(request, limit=10))

    return equip(app, registry, Draining())


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://service") as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/missing", 404),
        ("GET", "/body", 405),
        ("GET", "/things/x", 422),
        ("GET", "/things/0", 500),
        ("GET", "/away", 503),
    ],
)
async def test_every_failure_has_the_one_shape_and_the_request_id(
    client: httpx2.AsyncClient, method: str, path: str, status: int
) -> None:
    response = await client.request(method, path, headers={"X-Request-ID": "abc"})
    problem = response.json()
    assert response.status_code == problem["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "request_id", "error"} <= set(problem)
    assert problem["request_id"] == response.headers["x-request-id"] == "abc"


async def test_further_members_and_headers_come_along(client: httpx2.AsyncClient) -> None:
    response = await client.get("/away")
    assert response.json()["hint"] == "soon"
    assert response.headers["retry-after"] == "1"


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", 'a"b', "ä"])
async def test_a_request_id_that_is_none_is_replaced(client: httpx2.AsyncClient, given: str) -> None:
    response = await client.get("/things/1", headers={b"X-Request-ID": given.encode()})
    assert len(response.headers["x-request-id"]) == 32


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"12", {"Content-Type": "application/json"}, 200),
        (b"12", {"Content-Type": "application/json; charset=utf-8"}, 200),
        (b"12", {}, 415),
        (b"12", {"Content-Type": "text/plain"}, 415),
        (b"12", {"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415),
        (b"1" * 10, {"Content-Type": "application/json"}, 200),
        (b"1" * 11, {"Content-Type": "application/json"}, 413),
    ],
)
async def test_a_body_is_taken_within_its_limit_and_as_json(
    client: httpx2.AsyncClient, content: bytes, headers: dict[str, str], status: int
) -> None:
    assert (await client.post("/body", content=content, headers=headers)).status_code == status


async def test_a_body_of_unknown_length_is_cut_off_at_the_limit(client: httpx2.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"1"

    response = await client.post("/body", content=endless(), headers={"Content-Type": "application/json"})
    assert response.status_code == 413


async def test_a_client_that_leaves_while_it_sends_is_no_failure_of_ours() -> None:
    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "method": "POST", "headers": []}, receive)
    with pytest.raises(ClientGone):
        await read_body(request, limit=10)


async def test_requests_are_counted_by_route_and_status(
    client: httpx2.AsyncClient, registry: CollectorRegistry
) -> None:
    await client.get("/things/1")
    await client.get("/things/2")
    await client.get("/things/0")
    labels = {"method": "GET", "route": "/things/{number}"}
    assert registry.get_sample_value("http_requests_total", labels | {"status": "200"}) == 2
    assert registry.get_sample_value("http_requests_total", labels | {"status": "500"}) == 1
    assert b"http_request_duration_seconds_bucket" in (await client.get("/metrics")).content


async def test_a_request_is_one_line_of_json(client: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]) -> None:
    from serving.logs import configure_logging

    configure_logging("info")
    await client.get("/things/1", headers={"X-Request-ID": "abc"})
    [line] = await log_lines(capsys, "abc", 1)
    assert (line["route"], line["status"], line["request_id"]) == ("/things/{number}", 200, "abc")


async def test_the_last_lines_are_logged_when_the_service_ends(
    app: FastAPI, client: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    logger.setLevel(logging.INFO)
    messages = iter(["lifespan.startup", "lifespan.shutdown"])

    async def receive() -> dict[str, str]:
        return {"type": next(messages)}

    async def send(message: object) -> None:
        await client.get("/things/1")

    await app({"type": "lifespan", "state": {}}, receive, send)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["route"] for line in lines if line["message"] == "request"] == ["/things/{number}"] * 2


async def test_while_it_drains_an_answer_closes_its_connection(app: FastAPI, client: httpx2.AsyncClient) -> None:
    assert "connection" not in (await client.get("/things/1")).headers
    app.state.draining.begin()
    assert (await client.get("/things/1")).headers["connection"] == "close"


async def test_what_an_answer_notes_enters_its_log_line_and_a_failure_is_a_warning(
    app: FastAPI, client: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    @app.get("/noting")
    async def noting(request: Request) -> None:
        request.state.log["release"] = "r1"

    logger.setLevel(logging.INFO)
    await client.get("/noting", headers={"X-Request-ID": "abc"})
    await client.get("/away", headers={"X-Request-ID": "abc"})
    lines = await log_lines(capsys, "abc", 2)
    assert [(line["level"], line.get("release")) for line in lines] == [("info", "r1"), ("warning", None)]
