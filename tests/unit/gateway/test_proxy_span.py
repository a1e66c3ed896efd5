"""nginx's span, as the gateway tells it."""

import time
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI
from gateway.proxy_span import LONGEST_S, ProxySpan
from opentelemetry.sdk.trace import ReadableSpan
from prometheus_client import CollectorRegistry
from serving.draining import Draining
from serving.server_spans import ServerSpans
from serving.service_app import equip
from starlette.middleware import Middleware

from tests.kept_spans import KeptSpans, ids, parent

pytestmark = pytest.mark.anyio
TRACE = "5d1b8b6a6f8e4c0f9a3c2e1d0b7a6958"
CLIENTS_TRACE = "0af7651916cd43dd8448eb211c80319c"
CLIENTS_SPAN = "b7ad6b7169203331"


@pytest.fixture
def kept() -> KeptSpans:
    return KeptSpans()


@pytest.fixture
async def client(kept: KeptSpans) -> AsyncIterator[httpx2.AsyncClient]:
    app = FastAPI()

    @app.get("/")
    @app.get("/health/ready")
    async def answer() -> None:
        """Nothing."""

    spans = [Middleware(ProxySpan, tracer=kept.tracer), Middleware(ServerSpans, tracer=kept.tracer)]
    equip(app, CollectorRegistry(), Draining(), spans)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://gateway") as client:
        yield client


def told(passed_on_s: float | None = None, took_s: float = 0.25, trace: str = TRACE) -> dict[str, str]:
    """What nginx says."""
    return {"X-Proxy-Trace": f"{trace} {passed_on_s or time.time():.3f} {took_s:.3f}"}


def start_s(span: ReadableSpan) -> float:
    return (span.start_time or 0) / 1e9


async def test_is_the_root_of_a_trace_that_begins_there_from_when_the_request_came(
    client: httpx2.AsyncClient, kept: KeptSpans
) -> None:
    now = time.time()
    await client.get("/", headers=told(now))
    nginx, own = kept.only("nginx"), kept.only("GET /")
    assert f"{ids(nginx)[0]:032x}" == TRACE
    assert nginx.parent is None
    assert parent(own) == ids(nginx)
    assert nginx.resource.attributes["service.name"] == "nginx"
    assert start_s(nginx) == pytest.approx(now - 0.25, abs=0.002)
    assert (nginx.end_time or 0) >= (own.end_time or 1)


async def test_is_in_the_clients_trace_where_it_names_one(client: httpx2.AsyncClient, kept: KeptSpans) -> None:
    await client.get("/", headers=told() | {"traceparent": f"00-{CLIENTS_TRACE}-{CLIENTS_SPAN}-01"})
    assert parent(kept.only("nginx")) == (int(CLIENTS_TRACE, 16), int(CLIENTS_SPAN, 16))
    assert parent(kept.only("GET /")) == ids(kept.only("nginx"))


@pytest.mark.parametrize(("ahead_s", "earliest_s"), [(-3600, -LONGEST_S), (3600, 0)])
async def test_begins_at_no_time_that_cannot_be(
    client: httpx2.AsyncClient, kept: KeptSpans, ahead_s: float, earliest_s: float
) -> None:
    began = time.time()
    await client.get("/", headers=told(began + ahead_s))
    assert began + earliest_s <= start_s(kept.only("nginx")) <= time.time() + earliest_s


@pytest.mark.parametrize(
    "header",
    [
        "",
        TRACE,
        f"{'0' * 32} 1795910400.000 0.000",
        f"{TRACE.upper()} 1795910400.000 0.000",
        f"{TRACE}0 1795910400.000 0.000",
        f"{TRACE} nan 0.000",
        f"{TRACE} 1795910400.000 -1.000",
        f"{TRACE} 1795910400.000 1e9",
        f"{TRACE} 17959104000000000000000.000 0.000",
    ],
)
async def test_is_not_told_where_its_header_is_not_well_formed(
    client: httpx2.AsyncClient, kept: KeptSpans, header: str
) -> None:
    await client.get("/", headers={"X-Proxy-Trace": header})
    assert [span.name for span in kept.ended] == ["GET /"]
    assert kept.only("GET /").parent is None


async def test_is_not_told_of_a_health_check(client: httpx2.AsyncClient, kept: KeptSpans) -> None:
    await client.get("/health/ready", headers=told())
    assert kept.ended == []
