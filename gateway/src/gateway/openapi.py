"""The gateway's OpenAPI document: of any release, and of the one being served."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import JsonValue
from serving.body import BULK_ROWS

from gateway.messages import Problem
from gateway.release import Release

Document = dict[str, Any]
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_INSTANCE = {"$ref": "#/components/schemas/Instance"}
_ANY_INSTANCE: dict[str, JsonValue] = {
    "title": "Instance",
    "description": "One row: a map from feature to value. GET /models names the features.",
    "type": "object",
    "additionalProperties": {"type": ["number", "string", "boolean", "null"]},
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
        "name": "X-Request-Timeout-Ms",
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


def instance_body() -> Document:
    return _body(_INSTANCE)


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
    schemas["Instance"] = _ANY_INSTANCE
    for operations in document["paths"].values():
        for operation in operations.values():
            _tell_problems(operation["responses"])
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document


def _tell_problems(responses: Document) -> None:
    """FastAPI supposes its own shape of a 422, and plain JSON; ours are problem documents."""
    for response in responses.values():
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref") in (_PROBLEM["$ref"], "#/components/schemas/HTTPValidationError"):
            response["content"] = {"application/problem+json": {"schema": _PROBLEM}}


def of_release(document: Document, release: Release) -> Document:
    """The same document with the release's own fields and a working example."""
    schemas = {**document["components"]["schemas"], "Instance": release.inputs.schema()}
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
