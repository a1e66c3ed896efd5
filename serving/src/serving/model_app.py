"""The HTTP side of a model service. Services differ only in the engines that they bring."""

import asyncio
import logging
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.middleware import Middleware

from serving.batched_engine import BatchedEngine
from serving.body import BULK_ROOM
from serving.draining import Draining
from serving.engine import EngineKind
from serving.engine_metrics import EngineMetrics
from serving.engine_repository import EngineRepository
from serving.engine_thread import EngineThread
from serving.loaded_releases import LoadedReleases
from serving.loader import ReleaseLoader
from serving.loading_note import LoadingNote
from serving.logs import LogLevel
from serving.openapi import openapi_of
from serving.protocol.routes import protocol_router
from serving.protocol.statistics import Statistics
from serving.protocol.statistics_metrics import StatisticsMetrics
from serving.room import Room
from serving.service_app import NO_TELEMETRY, equip, shed_counter
from serving.store import Framework, ReleaseStore
from serving.tracing import TracingSettings, tracer_for

if TYPE_CHECKING:
    from serving.tracer import Tracer

logger = logging.getLogger(__name__)


class ModelServiceSettings(TracingSettings):
    """What both model services can be told."""

    model_store: Path = Path("release-store")
    engines: Literal["fastest", "native"] = "fastest"
    log_level: LogLevel = "info"


def create_model_app(
    service: str,
    settings: ModelServiceSettings,
    framework: Framework,
    kinds: Sequence[EngineKind],
    tracer: "Tracer | None" = None,
) -> FastAPI:
    """A model service for one framework. `kinds` are its engines: the fastest first, the framework itself last.

    `tracer` stands in for the one that the settings ask for.
    """
    tracer = tracer or tracer_for(service, settings)
    batched, spans = _traced(tracer) if tracer else (BatchedEngine, [])
    registry = CollectorRegistry()
    thread = EngineThread()
    draining = Draining()
    wanted = kinds[-1:] if settings.engines == "native" else kinds
    loader = ReleaseLoader(ReleaseStore(settings.model_store), framework, wanted)
    # Of gunicorn's master: its workers come one after the other, and a master of another day is not meant.
    note = LoadingNote(Path(tempfile.gettempdir()) / f"{service}-{os.getppid()}-loading")
    releases = LoadedReleases(loader, note, registry)
    repository = EngineRepository(service, releases, thread, draining, EngineMetrics(registry), batched)
    statistics = Statistics()
    registry.register(StatisticsMetrics(repository, statistics))
    bodies = Room(BULK_ROOM, shed_counter(registry).labels("bodies").inc)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(releases.follow()), asyncio.create_task(_end_when_stuck(thread, note))]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        thread.close()
        if tracer:
            await tracer.aclose()

    app = FastAPI(
        title=service,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
        routes=protocol_router(repository, statistics, bodies).routes,
    )
    app.openapi = cache(partial(openapi_of, app))  # type: ignore[method-assign]  # as FastAPI documents it
    return equip(app, registry, draining, spans)


def _traced(tracer: "Tracer") -> tuple[Callable[..., BatchedEngine], list[Middleware]]:
    """What is different where requests are traced; imported only there."""
    from serving.server_spans import ServerSpans
    from serving.traced_engine import TracedEngine

    return partial(TracedEngine, tracer), [Middleware(ServerSpans, tracer=tracer)]


async def _end_when_stuck(thread: EngineThread, note: LoadingNote) -> None:
    """A thread cannot be stopped from outside: the process ends, and gunicorn starts another."""
    while not (thread.stuck() or note.stuck()):  # noqa: ASYNC110 - a hung thread sets no event
        await asyncio.sleep(1)
    logger.critical("an engine's call, or a release's loading, never came to its end: this process ends")
    os._exit(1)
