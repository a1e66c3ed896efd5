"""The gateway's composition root."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

import httpx2
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline
from prometheus_client import CollectorRegistry, Counter
from serving.body import BULK_ROOM
from serving.draining import Draining
from serving.errors import NoRelease
from serving.logs import configure_logging
from serving.protocol.routes import protocol_router
from serving.protocol.statistics import Statistics
from serving.protocol.statistics_metrics import StatisticsMetrics
from serving.room import Room
from serving.service_app import NO_TELEMETRY, equip, shed_counter
from serving.store import ReleaseStore
from serving.tracing import tracer_for
from starlette.middleware import Middleware

from gateway import openapi
from gateway.active_release import ActiveRelease
from gateway.api_keys import ApiKeys
from gateway.authentication import Authentication
from gateway.backend import Backend
from gateway.bulk import BULK_IN_FLIGHT
from gateway.fanout import Fanout
from gateway.limit import Limit
from gateway.member_metrics import MemberMetrics
from gateway.member_repository import MemberRepository
from gateway.page import serve_page
from gateway.readiness import ReadinessGate
from gateway.release import Release
from gateway.release_metrics import ReleaseMetrics
from gateway.routes.health import health_router
from gateway.routes.predict import predict_router
from gateway.routes.release import release_router
from gateway.settings import Settings
from gateway.table.upload import TABLE_ROOM
from gateway.transport import PooledTransport

if TYPE_CHECKING:
    from serving.tracer import Tracer


def create_app(
    settings: Settings | None = None,
    transport: httpx2.AsyncBaseTransport | None = None,
    tracer: "Tracer | None" = None,
) -> FastAPI:
    """The gateway. `transport` stands in for the network to the backends, `tracer` for the one that is asked for."""
    settings = settings or Settings()
    configure_logging(settings.log_level)
    registry = CollectorRegistry()
    store = ReleaseStore(settings.model_store)
    tracer = tracer or tracer_for("gateway", settings)
    fanout, spans, told = _traced(tracer) if tracer else (Fanout, [], _as_it_is)
    retries = Counter("member_retries", "Calls that were made again", ("backend",), registry=registry)
    backends = {
        name: Backend(name, url, told(transport or PooledTransport()), retries.labels(name).inc)
        for name, url in settings.backends.items()
    }
    keys = ApiKeys(settings.api_keys_file) if settings.api_keys_file else None
    releases = ActiveRelease(store, backends, settings.straggler_grace_ms, settings.deadline_ms, registry, fanout)
    draining = Draining()
    gate = ReadinessGate(releases, settings.min_models, draining)
    shed = shed_counter(registry)
    singles = Limit(settings.max_in_flight, "predictions", shed.labels("predictions").inc)
    bulk = Limit(BULK_IN_FLIGHT, "bulk requests", shed.labels("bulk requests").inc)
    bodies, tables = Room(BULK_ROOM, shed.labels("bodies").inc), Room(TABLE_ROOM, shed.labels("tables").inc)
    repository = MemberRepository(releases, gate, singles, bulk)
    statistics = Statistics()
    for metrics in (ReleaseMetrics(releases), MemberMetrics(releases), StatisticsMetrics(repository, statistics)):
        registry.register(metrics)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if tracer:
                stack.push_async_callback(tracer.aclose)
            for backend in backends.values():
                await stack.enter_async_context(backend)
            await releases.look()  # what comes first finds a release
            tasks = [asyncio.create_task(each.follow()) for each in (releases, keys) if each]
            yield
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await releases.aclose()

    app = FastAPIOffline(
        title="Triptych",
        description="Several classifiers side by side: every request is answered by all of them at once.",
        version=version("gateway"),
        lifespan=lifespan,
        redoc_url=None,
        redirect_slashes=False,  # which would repeat the caller's Host
        static_url="/docs/assets",
        telemetry=NO_TELEMETRY,
        routes=[  # handed over, not included: the direct ones are found at the top level only
            *predict_router(releases, settings, singles, bulk, bodies, tables).routes,
            *release_router(releases).routes,
            *health_router(gate).routes,
            *protocol_router(repository, statistics, bodies).routes,
        ],
    )

    def serving() -> Release | None:
        with suppress(NoRelease):
            return releases.current
        return None

    openapi.install(app, serving)
    guard = [Middleware(Authentication, keys=keys, with_page=bool(settings.page_dir))] if keys else []
    equip(app, registry, draining, [*spans, *guard])
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.cors_origins, allow_methods=["*"], allow_headers=["*"]
        )
    if settings.page_dir:
        serve_page(app, settings.page_dir)
    return app


def _as_it_is(transport: httpx2.AsyncBaseTransport) -> httpx2.AsyncBaseTransport:
    return transport


def _traced(
    tracer: "Tracer",
) -> tuple[Callable[..., Fanout], list[Middleware], Callable[[httpx2.AsyncBaseTransport], httpx2.AsyncBaseTransport]]:
    """What is different where requests are traced; imported only there."""
    from serving.server_spans import ServerSpans

    from gateway.proxy_span import ProxySpan
    from gateway.traced_fanout import TracedFanout
    from gateway.traced_transport import TracedTransport

    spans = [Middleware(ProxySpan, tracer=tracer), Middleware(ServerSpans, tracer=tracer)]
    return partial(TracedFanout, tracer), spans, TracedTransport
