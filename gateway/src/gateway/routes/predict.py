"""`POST /predict` and `POST /predict/batch`."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from serving.body import BULK_LIMIT, SINGLE_LIMIT, read_json_body
from serving.deadline import header_ms
from serving.errors import Unavailable
from serving.protocol.model_routes import BULK_DEADLINE_MS

from gateway.active_release import ActiveRelease
from gateway.fanout import ask_all
from gateway.inputs import Instance
from gateway.merge import merge
from gateway.messages import BatchPrediction, Prediction, Problem, Vote
from gateway.openapi import batch_body, instance_body
from gateway.release import Release
from gateway.settings import Settings

TIMEOUT_HEADER = "X-Request-Timeout-Ms"
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

    @router.post("/predict", response_model=Prediction, responses=_PROBLEMS, openapi_extra=instance_body())
    async def predict(request: Request, models: ModelNames = None) -> Response:
        """Ask every model of the release about one instance, and merge their answers."""
        release = releases.current
        instance = release.inputs.instance(await read_json_body(request, limit=SINGLE_LIMIT))
        deadline_ms = _deadline_ms(request, settings.deadline_ms)
        [vote] = await _votes(request, release, [instance], models, deadline_ms)
        return _json(Prediction(**dict(vote), release=release.id, request_id=request.state.request_id))

    @router.post("/predict/batch", response_model=BatchPrediction, responses=_PROBLEMS, openapi_extra=batch_body())
    async def predict_batch(request: Request, models: ModelNames = None) -> Response:
        """The same for up to 10,000 instances, answered in their order."""
        release = releases.current
        instances = release.inputs.instances(await read_json_body(request, limit=BULK_LIMIT))
        deadline_ms = _deadline_ms(request, BULK_DEADLINE_MS)
        votes = await _votes(request, release, instances, models, deadline_ms)
        return _json(BatchPrediction(predictions=votes, release=release.id, request_id=request.state.request_id))

    async def _votes(
        request: Request, release: Release, instances: Sequence[Instance], models: str | None, deadline_ms: float
    ) -> list[Vote]:
        members = release.members if models is None else release.select(models.split(","))
        outcomes = await ask_all(
            release,
            members,
            release.inputs.rows(instances),
            deadline_ms=deadline_ms,
            request_id=request.state.request_id,
        )
        votes = []
        for row, instance in enumerate(instances):
            warnings = release.inputs.warnings(instance)
            vote = merge(outcomes, row, release.manifest.classes, warnings, settings.min_models)
            if not isinstance(vote, Vote):
                parts = {name: answer.model_dump(exclude_none=True) for name, answer in vote.items()}
                raise Unavailable("too few models answered: ask again in a moment", models=parts, release=release.id)
            votes.append(vote)
        return votes

    return router


def _deadline_ms(request: Request, longest_ms: int) -> int:
    """The caller may shorten the deadline, not lengthen it."""
    return min(header_ms(request.headers, TIMEOUT_HEADER) or longest_ms, longest_ms)


def _json(answer: Prediction | BatchPrediction) -> Response:
    return Response(answer.model_dump_json(exclude_none=True), media_type="application/json")
