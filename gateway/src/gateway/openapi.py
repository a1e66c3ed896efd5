"""The gateway's OpenAPI document: of any release, and of the one being served."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import JsonValue
from serving.body import BULK_ROWS, MIB
from serving.deadline import BULK_DEADLINE_MS, TIMEOUT_HEADER

from gateway.authentication import HEADER, HEALTH
from gateway.messages import Problem
from gateway.release import Release
from gateway.table.response import RELEASE_HEADER
from gateway.table.upload import PROGRESS_S, TABLE_LIMIT

Document = dict[str, Any]
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_INSTANCE = {"$ref": "#/components/schemas/Instance"}
_ANY_INSTANCE: dict[str, JsonValue] = {
    "title": "Instance",
    "description": "One row: a map from feature to value. GET /models names the features.",
    "type": "object",
    "additionalProperties": {"type": ["number", "string", "boolean", "null"]},
}
_ANY_TABLE: dict[str, JsonValue] = {
    "title": "Table",
    "description": f"CSV with a header line, up to {TABLE_LIMIT // MIB} MiB. GET /models names the features.",
    "type": "string",
}
_PARAMETERS: list[JsonValue] = [
    {
        "name": "models",
        "in": "query",
        "required": False,
        "schema": {"type": "string"},
        "description": "ask only these, separated by commas",
    },
    {
        "name": TIMEOUT_HEADER,
        "in": "header",
        "required": False,
        "schema": {"type": "integer", "minimum": 1},
        "description": "a shorter deadline than the default, in ms",
    },
]
PROBLEMS: dict[int | str, Document] = {
    status: {"model": Problem, "description": why}
    for status, why in {
        400: "not JSON",
        413: "too large",
        415: "not declared as JSON",
        422: "does not fit the release",
        503: "fewer models answered than MIN_MODELS, too many requests at once, or no release",
    }.items()
}
BATCH_PROBLEMS = PROBLEMS | {
    408: {"model": Problem, "description": f"its body did not come within {BULK_DEADLINE_MS / 1000:g} s"}
}
TABLE_ANSWER: dict[int | str, Document] = {
    200: {
        "description": "the table's own columns, then `prediction`, `probability`, `agreement` (votes/models that "
        "answered), `prediction:<model>` for each model, and `error`: why a row has no prediction or lacks a model's",
        "content": {"text/csv": {"schema": {"type": "string"}}},
        "headers": {RELEASE_HEADER: {"schema": {"type": "string"}, "description": "the release that answers"}},
    },
    **PROBLEMS,
    400: {"model": Problem, "description": "empty, or its header is not readable UTF-8"},
    408: {"model": Problem, "description": f"nothing came for {PROGRESS_S:g} s"},
    413: {"model": Problem, "description": f"more than {TABLE_LIMIT // MIB} MiB"},
    415: {"model": Problem, "description": "not declared as text/csv in UTF-8"},
    422: {"model": Problem, "description": "the header does not fit the release: names each missing feature"},
}


_API_KEY: Document = {
    "type": "apiKey",
    "in": "header",
    "name": HEADER,
    "description": "wanted where the gateway was started with API keys, by all but health",
}
_KEY_PROBLEM: Document = {
    "description": "the gateway wants an API key, and there was none, or one that is not accepted",
    "content": {"application/problem+json": {"schema": _PROBLEM}},
}


def instance_body() -> Document:
    return _body(_INSTANCE)


def table_body() -> Document:
    body = {"required": True, "content": {"text/csv": {"schema": {"$ref": "#/components/schemas/Table"}}}}
    return {"requestBody": body, "parameters": _PARAMETERS[:1]}


def batch_body() -> Document:
    instances = {"type": "array", "items": _INSTANCE, "minItems": 1, "maxItems": BULK_ROWS}
    return _body(
        {
            "title": "Batch",
            "type": "object",
            "properties": {"instances": instances},
            "required": ["instances"],
            "additionalProperties": False,
        }
    )


def any_release(app: FastAPI) -> Document:
    """The document that holds for every release, from which clients' types are generated."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = document["components"]["schemas"]
    schemas |= {"Instance": _ANY_INSTANCE, "Table": _ANY_TABLE}
    document["components"]["securitySchemes"] = {"ApiKey": _API_KEY}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _tell_problems(operation["responses"])
            if path not in HEALTH:
                operation["security"] = [{}, {"ApiKey": []}]  # with a key, or without
                operation["responses"]["401"] = _KEY_PROBLEM
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document


def _tell_problems(responses: Document) -> None:
    """FastAPI supposes its own shape of a 422, and the answer's own type; ours are problem documents."""
    for response in responses.values():
        schemas = [content.get("schema", {}).get("$ref") for content in response.get("content", {}).values()]
        if schemas in ([_PROBLEM["$ref"]], ["#/components/schemas/HTTPValidationError"]):
            response["content"] = {"application/problem+json": {"schema": _PROBLEM}}


def of_release(document: Document, release: Release) -> Document:
    """The same document with the release's own fields and a working example."""
    instance: Document = release.inputs.schema()
    table = _ANY_TABLE | {"example": _table([instance["example"]])}
    schemas = {**document["components"]["schemas"], "Instance": instance, "Table": table}
    return {**document, "components": {**document["components"], "schemas": schemas}}


def install(app: FastAPI, serving: Callable[[], Release | None]) -> None:
    """Have the running app describe the release that it serves."""
    general: Document = {}
    latest: dict[str, Document] = {}

    def document() -> Document:
        if not general:
            general.update(any_release(app))
        release = serving()
        if release is None:
            return general
        if release.id not in latest:
            latest.clear()
            latest[release.id] = of_release(general, release)
        return latest[release.id]

    app.openapi = document  # type: ignore[method-assign]  # FastAPI documents this as the way to replace it


def _body(schema: Document) -> Document:
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"requestBody": body, "parameters": _PARAMETERS}


def _table(instances: Sequence[Mapping[str, object]]) -> str:
    text = io.StringIO()
    rows = csv.DictWriter(text, instances[0], lineterminator="\n")
    rows.writeheader()
    rows.writerows(instances)
    return text.getvalue()
