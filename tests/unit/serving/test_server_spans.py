"""The span of a request, by how it is answered."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI
from opentelemetry.trace import SpanKind, StatusCode
from prometheus_client import CollectorRegistry
from serving.draining import Draining
from serving.errors import NotFound, Unavailable
from serving.server_spans import ServerSpans
from serving.service_app import equip
from serving.tracing import CURRENT_SPAN
from starlette.middleware import Middleware

from tests.kept_spans import KeptSpans, attributes

pytestmark = pytest.mark.anyio


@pytest.fixture
def kept() -> KeptSpans:
    return KeptSpans()


@pytest.fixture
async def client(kept: KeptSpans) -> AsyncIterator[httpx2.AsyncClient]:
    app = FastAPI()

    @app.get("/things/{number}")
    async def thing(number: int) -> bool:
        return CURRENT_SPAN.get() is not None and 1 // number == 1

    @app.get("/away")
    async def away() -> None:
        raise Unavailable("it is away")

    @app.get("/missing")
    async def missing() -> None:
        raise NotFound("no such thing")

    @app.get("/health/live")
    async def live() -> bool:
        return CURRENT_SPAN.get() is None

    equip(app, CollectorRegistry(), Draining(), [Middleware(ServerSpans, tracer=kept.tracer)])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://service") as client:
        yield client


async def test_it_is_named_by_its_route_and_tells_what_http_servers_do(
    client: httpx2.AsyncClient, kept: KeptSpans
) -> None:
    response = await client.get("/things/1?secret=1", headers={"X-Request-ID": "mine"})
    assert response.json() is True
    assert CURRENT_SPAN.get() is None
    span = kept.only("GET /things/{number}")
    assert span.kind == SpanKind.SERVER
    assert attributes(span) == {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.route": "/things/{number}",
        "triptych.request_id": "mine",
        "url.path": "/things/1",
        "url.scheme": "http",
    }


@pytest.mark.parametrize(
    ("path", "name", "status", "failed"),
    [
        ("/things/0", "GET /things/{number}", 500, True),
        ("/away", "GET /away", 503, True),
        ("/missing", "GET /missing", 404, False),
        ("/nowhere", "GET", 404, False),
    ],
)
async def test_it_has_failed_where_the_service_has_and_not_where_its_caller_has(
    client: httpx2.AsyncClient, kept: KeptSpans, path: str, name: str, status: int, failed: bool
) -> None:
    assert (await client.get(path)).status_code == status
    span = kept.only(name)
    assert attributes(span)["http.response.status_code"] == status
    assert (span.status.status_code is StatusCode.ERROR) is failed
    assert span.events == ()


async def test_health_checks_and_metrics_have_none(client: httpx2.AsyncClient, kept: KeptSpans) -> None:
    assert (await client.get("/health/live")).json() is True
    assert (await client.get("/metrics")).status_code == 200
    assert kept.ended == []
