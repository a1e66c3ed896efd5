"""The protocol's routes, over whatever models stand behind them."""

from collections.abc import Callable
from importlib.metadata import version as package_version

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from serving.protocol.model_routes import TAGS, model_routes
from serving.protocol.repository import ModelVersion, Repository
from serving.protocol.statistics import Statistics
from serving.room import Room

SERVED_RELEASE_HEADER = "X-Served-Release"
_EXTENSIONS = ["binary_tensor_data", "model_repository", "model_configuration", "statistics"]


def protocol_router(repository: Repository, statistics: Statistics, bodies: Room) -> APIRouter:
    """All routes of the protocol. Health answers carry `live` and `ready`, as KServe's client reads them.

    `bodies` is the room for those that are still coming.
    """
    of_models = [model_routes(path, find, repository, statistics, bodies) for path, find in _model_paths(repository)]
    # Handed over, not included: the direct ones are found at the top level only.
    router = APIRouter(tags=TAGS, routes=[route for each in of_models for route in each.routes])

    @router.get("/v2")
    async def server_metadata() -> dict[str, object]:
        return {"name": repository.service, "version": package_version("serving"), "extensions": _EXTENSIONS}

    @router.get("/v2/health/live", responses={503: {"description": "to be replaced"}})
    async def live() -> JSONResponse:
        alive = repository.live()
        return JSONResponse({"live": alive}, status_code=200 if alive else 503)

    @router.get("/v2/health/ready", responses={503: {"description": "not ready, and why"}})
    async def ready(request: Request) -> JSONResponse:
        readiness = repository.readiness(request.headers.get(SERVED_RELEASE_HEADER))
        return JSONResponse(readiness, status_code=200 if readiness["ready"] else 503)

    @router.post("/v2/repository/index")
    async def index() -> list[dict[str, str]]:
        return [
            {"name": model.name, "version": model.version, "state": "READY", "reason": ""}
            for model in repository.index()
        ]

    return router


def _model_paths(repository: Repository) -> list[tuple[str, Callable[..., ModelVersion]]]:
    """A model's path without and with a version, and the dependency that finds the model from each."""

    def current(name: str) -> ModelVersion:
        return repository.find(name, None)

    def versioned(name: str, version: str) -> ModelVersion:
        return repository.find(name, version)

    return [("/v2/models/{name}/versions/{version}", versioned), ("/v2/models/{name}", current)]
