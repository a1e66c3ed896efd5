"""`POST /predict`, `POST /predict/batch`, `POST /predict/csv` and `POST /predict/csv/columns`."""

import time
from collections.abc import Sequence
from contextlib import ExitStack, aclosing
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic_core import to_json
from serving.body import BULK_LIMIT, SINGLE_LIMIT, read_json_body
from serving.deadline import BULK_DEADLINE_MS, TIMEOUT_HEADER, header_ms
from serving.direct_routes import DirectRoute
from serving.origin import origin_of
from serving.presence import unless_gone
from serving.room import Room, Share

from gateway.active_release import ActiveRelease
from gateway.answer_note import AnswerNote
from gateway.bulk import ask_in_chunks
from gateway.limit import Limit
from gateway.messages import BatchPrediction, Prediction, TableColumns
from gateway.openapi import PROBLEMS, START_ANSWER, TABLE_ANSWER, batch_body, instance_body, table_body
from gateway.release import Release
from gateway.server_timing import server_timing
from gateway.settings import Settings
from gateway.table.answer import appended_columns
from gateway.table.header import HeaderRow
from gateway.table.prediction import TablePrediction
from gateway.table.response import TableResponse
from gateway.table.rows import Rows, csv_text
from gateway.table.table import Table
from gateway.table.upload import receive_start, receive_table


def predict_router(
    releases: ActiveRelease, settings: Settings, singles: Limit, bulk: Limit, bodies: Room, tables: Room
) -> APIRouter:
    """`bodies` is the room for those of batches that are still coming, `tables` the one for tables until their end."""
    router = APIRouter(tags=["Predictions"], route_class=DirectRoute)

    @router.post("/predict", response_model=Prediction, responses=PROBLEMS, openapi_extra=instance_body())
    async def predict(request: Request) -> Response:
        """Ask every model of the release about one instance, and merge their answers."""
        body = await read_json_body(request, limit=SINGLE_LIMIT)  # one that does not come keeps nobody else out
        with singles.admitted():
            release, give_up = releases.current, _give_up(request, settings.deadline_ms)
            models = _models(request, release)
            instance = release.inputs.instance(body)
            origin = origin_of(request)
            asked_at = time.monotonic()
            asked = release.fanout.ask(release.inputs.rows([instance]), give_up=give_up, models=models, origin=origin)
            answer = await unless_gone(request, asked)
            request.scope["state"]["log"] |= {"release": release.id, "models": answer.statuses}
            [vote] = answer.votes(settings.min_models)
            vote["warnings"] = release.inputs.warnings(instance)
            response = _json(vote, release, origin.request_id)
            response.raw_headers.append(server_timing(answer, asked_at, time.monotonic()))
            return response

    @router.post("/predict/batch", response_model=BatchPrediction, responses=PROBLEMS, openapi_extra=batch_body())
    async def predict_batch(request: Request) -> Response:
        """The same for up to 10,000 instances, answered in their order; all of them, or none."""
        with Share(bodies) as share:
            body = await read_json_body(request, limit=BULK_LIMIT, share=share)
        with bulk.admitted():
            release, give_up = releases.current, _give_up(request, BULK_DEADLINE_MS)
            models = _models(request, release)
            instances = release.inputs.instances(body)
            rows, note = release.inputs.rows(instances), AnswerNote(request, release)

            async def collect() -> list[dict[str, Any]]:
                async with aclosing(ask_in_chunks(release, rows, give_up, origin_of(request), models)) as answers:
                    return [vote async for answer in answers for vote in note.add(answer).votes(settings.min_models)]

            votes = await unless_gone(request, collect())
            for vote, instance in zip(votes, instances, strict=True):
                vote["warnings"] = release.inputs.warnings(instance)
            return _json({"predictions": votes}, release, request.state.request_id)

    @router.post(
        "/predict/csv",
        status_code=200,
        response_class=TableResponse,
        responses=TABLE_ANSWER,
        openapi_extra=table_body(),
    )
    async def predict_csv(request: Request) -> Response:
        """The same for a table of any number of rows: its own columns come back, with the answers appended.

        Columns stand in any order, separated by comma, semicolon or tab; a feature's may be called by a variant of its
        name, as `length (cm)`. A row that does not fit keeps its place, and its `error` says why. There is no limit on
        the whole time: it ends when 30 s brought less than 256 KiB of the table, or sent nothing of the answer.
        """
        with ExitStack() as held:
            share, file = held.enter_context(Share(tables)), held.enter_context(TemporaryFile())
            await receive_table(request, file, share)
            held.enter_context(bulk.admitted())
            release = releases.current
            models = _models(request, release) or [member.name for member in release.members]
            table = Table(held.enter_context(csv_text(file)), release.manifest, appended_columns(models))
            parts = TablePrediction(
                table, release, models, settings.min_models, origin_of(request), AnswerNote(request, release)
            ).parts()
            first = await unless_gone(request, anext(parts))
            return TableResponse(request, first, parts, held.pop_all(), release_id=release.id)

    @router.post(
        "/predict/csv/columns", response_model=TableColumns, responses=START_ANSWER, openapi_extra=table_body()
    )
    async def table_columns(request: Request) -> Response:
        """How a table would be read, from its first 64 KiB: which column holds which feature, and what is amiss."""
        start = await receive_start(request)
        with singles.admitted():
            release = releases.current
            models = _models(request, release) or [member.name for member in release.members]
            header = HeaderRow(Rows(csv_text(BytesIO(start))), release.manifest)
            return _json(header.told(appended_columns(models)), release, request.state.request_id)

    return router


def _give_up(request: Request, longest_ms: int) -> float:
    """When the answer has to be there, in seconds of the monotonic clock. The caller may shorten the time."""
    asked_ms = header_ms(request, TIMEOUT_HEADER)
    return time.monotonic() + min(asked_ms or longest_ms, longest_ms) / 1000


def _models(request: Request, release: Release) -> Sequence[str] | None:
    """The names that the query's `models` asks for, or None for all."""
    names = request.query_params.get("models") if request.scope["query_string"] else None
    return None if names is None else release.select(names.split(","))


def _json(answer: dict[str, Any], release: Release, request_id: str) -> Response:
    answer["release"], answer["request_id"] = release.id, request_id
    return Response(to_json(answer), media_type="application/json")
