"""`POST /predict` and `POST /predict/batch`."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from serving.body import BULK_LIMIT, SINGLE_LIMIT, read_json_body
from serving.protocol.model_routes import BULK_DEADLINE_MS

from gateway.active_release import ActiveRelease
from gateway.ensemble import vote
from gateway.inputs import Instance
from gateway.messages import BatchPrediction, Prediction, Problem, Vote
from gateway.openapi import batch_body, instance_body
from gateway.release import Release
from gateway.settings import Settings

TimeoutMs = Annotated[
    int | None, Header(alias="X-Request-Timeout-Ms", ge=1, description="a shorter deadline than the default, in ms")
]
ModelNames = Annotated[str | None, Query(alias="models", description="ask only these, separated by commas")]
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": why}
    for status, why in {
        400: "not JSON",
        413: "too large",
        415: "not declared as JSON",
        422: "does not fit the release",
        503: "fewer models answered than MIN_MODELS, or no release",
    }.items()
}


def predict_router(releases: ActiveRelease, settings: Settings) -> APIRouter:
    router = APIRouter(tags=["Predictions"])

    async def votes(
        request: Request, release: Release, instances: Sequence[Instance], models: str | None, deadline_ms: int
    ) -> list[Vote]:
        return await vote(
            release,
            release.members if models is None else release.select(models.split(",")),
            instances,
            deadline_ms=deadline_ms,
            min_models=settings.min_models,
            request_id=request.state.request_id,
        )

    @router.post("/predict", response_model=Prediction, responses=_PROBLEMS, openapi_extra=instance_body())
    async def predict(request: Request, models: ModelNames = None, timeout_ms: TimeoutMs = None) -> Response:
        """Ask every model of the release about one instance, and merge their answers."""
        release = releases.current
        instance = release.inputs.instance(await read_json_body(request, limit=SINGLE_LIMIT))
        [answer] = await votes(request, release, [instance], models, _shorter(timeout_ms, settings.deadline_ms))
        return _json(Prediction(**dict(answer), release=release.id, request_id=request.state.request_id))

    @router.post("/predict/batch", response_model=BatchPrediction, responses=_PROBLEMS, openapi_extra=batch_body())
    async def predict_batch(request: Request, models: ModelNames = None, timeout_ms: TimeoutMs = None) -> Response:
        """The same for up to 10,000 instances, answered in their order; all of them, or none."""
        release = releases.current
        instances = release.inputs.instances(await read_json_body(request, limit=BULK_LIMIT))
        answers = await votes(request, release, instances, models, _shorter(timeout_ms, BULK_DEADLINE_MS))
        return _json(BatchPrediction(predictions=answers, release=release.id, request_id=request.state.request_id))

    return router


def _shorter(asked_ms: int | None, longest_ms: int) -> int:
    """The caller may shorten the deadline, not lengthen it."""
    return longest_ms if asked_ms is None else min(asked_ms, longest_ms)


def _json(answer: Prediction | BatchPrediction) -> Response:
    return Response(answer.model_dump_json(exclude_none=True), media_type="application/json")
