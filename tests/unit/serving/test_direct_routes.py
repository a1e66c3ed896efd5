import asyncio
import weakref
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from prometheus_client import CollectorRegistry
from serving.body import BODY_S, read_body
from serving.direct_routes import DirectRoute
from serving.draining import Draining
from serving.errors import BodyStalled, Overloaded
from serving.service_app import equip
from starlette.types import Message

pytestmark = pytest.mark.anyio


def app() -> FastAPI:
    router = APIRouter(route_class=DirectRoute)

    @router.post("/things/{name}")
    async def things(request: Request) -> Response:
        """What it does."""
        if request.path_params["name"] == "many":
            raise Overloaded("too many")
        if request.path_params["name"] == "stalled":
            raise BodyStalled("it does not come")
        return Response(request.path_params["name"].encode() + await read_body(request, limit=10))

    @router.post("/broken")
    async def broken(request: Request) -> Response:
        raise ZeroDivisionError

    return equip(FastAPI(routes=router.routes), CollectorRegistry(), Draining())


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app(), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


async def test_a_direct_route_answers_with_its_path_parameters_and_its_body(client: httpx2.AsyncClient) -> None:
    response = await client.post("/things/a", content=b"b")
    assert (response.status_code, response.content) == (200, b"ab")
    assert response.headers["x-request-id"]


async def test_it_is_counted_by_its_route(client: httpx2.AsyncClient) -> None:
    await client.post("/things/a")
    metrics = (await client.get("/metrics")).text
    assert 'http_requests_total{method="POST",route="/things/{name}",status="200"} 1.0' in metrics


async def test_its_errors_have_the_one_shape(client: httpx2.AsyncClient) -> None:
    refused = await client.post("/things/many")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    too_large = await client.post("/things/a", content=b"b" * 11)
    broken = await client.post("/broken")
    assert [each.status_code for each in (too_large, broken)] == [413, 500]
    for response in (refused, too_large, broken):
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["request_id"] == response.headers["x-request-id"]


async def test_another_method_is_refused_as_on_any_route(client: httpx2.AsyncClient) -> None:
    response = await client.get("/things/a")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_openapi_documents_it() -> None:
    assert app().openapi()["paths"]["/things/{name}"]["post"]["description"] == "What it does."


@pytest.mark.parametrize(("path", "taken"), [("/things/many", 3), ("/things/a", 3), ("/things/stalled", 0)])
async def test_what_is_left_of_a_refused_body_is_dropped_unless_it_had_stalled(
    client: httpx2.AsyncClient, path: str, taken: int
) -> None:
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 3:
            sent += 1
            yield b"b" * 11

    assert (await client.post(path, content=body())).status_code in (503, 413, 408)
    assert sent == taken


async def test_where_nothing_of_a_refused_body_is_left_nothing_is_waited_for() -> None:
    messages: list[Message] = [{"type": "http.request", "body": b"b" * 11}]
    answer: list[Message] = []

    async def receive() -> Message:
        if not messages:
            await asyncio.sleep(2 * BODY_S)
        return messages.pop()

    async def send(message: Message) -> None:
        answer.append(message)

    scope = {"type": "http", "method": "POST", "path": "/things/a", "headers": [], "query_string": b""}
    async with asyncio.timeout(BODY_S / 2):
        await app()(scope, receive, send)
    assert answer[0]["status"] == 413


async def test_what_has_come_of_a_refused_body_is_not_held_while_the_rest_is_dropped() -> None:
    class Part(bytearray):
        """Unlike bytes, it can be watched."""

    part = Part(b"b" * 8)
    watched = weakref.ref(part)
    parts = [part, Part(b"b" * 8), b""]
    held: list[bool] = []
    del part

    async def receive() -> Message:
        body = parts.pop(0)
        if not parts:
            held.append(watched() is not None)
        return {"type": "http.request", "body": body, "more_body": bool(parts)}

    async def send(message: Message) -> None:
        pass

    scope = {"type": "http", "method": "POST", "path": "/things/a", "headers": [], "query_string": b""}
    await app()(scope, receive, send)
    assert held == [False]
