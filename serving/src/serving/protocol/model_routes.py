"""The routes of one model: what it is, how it does, and what it predicts."""

import re
from collections.abc import Callable
from enum import Enum
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from serving.body import BODY_S, BULK_LIMIT, BULK_ROWS, read_body
from serving.deadline import BULK_DEADLINE_MS, DEADLINE_HEADER, header_ms
from serving.direct_routes import DirectRoute
from serving.errors import FieldError, InvalidInput
from serving.headers import headers_of
from serving.openapi import problems
from serving.origin import origin_of
from serving.presence import unless_gone
from serving.protocol.messages import request_body
from serving.protocol.metadata import config, metadata
from serving.protocol.repository import Inference, ModelVersion, Repository
from serving.protocol.request import decode
from serving.protocol.response import HEADER_LENGTH, encode
from serving.protocol.statistics import Statistics
from serving.room import Room, Share

TAGS: list[str | Enum] = ["Open Inference Protocol"]
BATCHED_IDS_HEADER = "X-Batched-Request-IDs"
_IDS = re.compile(rb"[A-Za-z0-9._,-]{1,32768}")
_NAMED_ROWS = 20  # how many failed rows an error's sentence lists; its `errors` lists all

_ABSENT = {404: "no such model or version", 503: "there is no release yet"}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    **problems(
        _ABSENT
        | {
            400: "not JSON, or lengths that do not fit",
            408: f"the body did not come within {BODY_S:g} s",
            413: "too large",
            415: "compressed",
            422: "not a tensor of this model's features, or rows that the model fails on",
            503: "it does not answer now, or too much is waiting already",
            504: "no answer within the deadline",
        }
    ),
}


def model_routes(
    path: str, find: Callable[..., ModelVersion], repository: Repository, statistics: Statistics, bodies: Room
) -> APIRouter:
    """Routes below a model's path. `find` is a dependency that takes the model from that path.

    `bodies` is the room for those that are still coming.
    """
    router = APIRouter(prefix=path, tags=TAGS, responses=problems(_ABSENT))
    model_asked: Any = Depends(find)

    def versions(model: ModelVersion) -> list[str]:
        return [other.version for other in repository.index() if other.name == model.name]

    async def infer(request: Request) -> Response:
        model = find(**request.path_params)
        deadline_ms = min(header_ms(request, DEADLINE_HEADER) or BULK_DEADLINE_MS, BULK_DEADLINE_MS)
        with Share(bodies) as share:
            body = await read_body(request, limit=BULK_LIMIT, share=share)
        call = decode(body, request.headers.get(HEADER_LENGTH), model.features)
        del body  # whoever waits for an answer holds no more than its rows
        request.state.log |= {"release": model.version, "model": model.name, "rows": len(call.rows), **_others(request)}
        with statistics.time(model, rows=len(call.rows)):
            asked = repository.infer(model, call.rows, deadline_ms=deadline_ms, origin=origin_of(request))
            inference = await unless_gone(request, asked)
        if not call.row_errors:
            _refuse_failed_rows(inference)
        return encode(model, inference, call.outputs, call.id)

    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]
    router.add_api_route(
        "/infer",
        infer,
        methods=["POST"],
        responses=_ANSWERS,
        openapi_extra={"requestBody": request_body(), "parameters": parameters},
        route_class_override=DirectRoute,
    )

    @router.get("")
    async def model_metadata(model: ModelVersion = model_asked) -> dict[str, object]:
        return metadata(model, versions(model))

    @router.get("/ready", responses={503: {"description": "it would not answer now, or there is no release yet"}})
    async def model_ready(model: ModelVersion = model_asked) -> JSONResponse:
        ready = repository.ready(model)
        return JSONResponse({"name": model.name, "ready": ready}, status_code=200 if ready else 503)

    @router.get("/config")
    async def model_config(model: ModelVersion = model_asked) -> dict[str, object]:
        return config(model, BULK_ROWS)

    @router.get("/stats")
    async def model_stats(model: ModelVersion = model_asked) -> dict[str, object]:
        return {"model_stats": [statistics.report(model)]}

    return router


def _others(request: Request) -> dict[str, object]:
    """The requests whose rows came with this one, for the log."""
    ids = headers_of(request.scope).get(BATCHED_IDS_HEADER.lower().encode(), b"")
    return {"batched_request_ids": ids.decode().split(",")} if _IDS.fullmatch(ids) else {}


def _refuse_failed_rows(inference: Inference) -> None:
    if not inference.row_errors:
        return
    named = ", ".join(str(row) for row in sorted(inference.row_errors)[:_NAMED_ROWS])
    errors = [
        FieldError(loc=["inputs", 0, "data", row], type="row_failed", msg=why)
        for row, why in inference.row_errors.items()
    ]
    raise InvalidInput(f"the model failed on the rows {named}; ask with row_errors for the others", errors)
