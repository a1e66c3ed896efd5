"""The gateway's OpenAPI document: of any release, and of the one being served."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from fastapi import FastAPI
from pydantic import JsonValue
from serving.body import BODY_S, BULK_ROWS, KIB, MIB, SINGLE_LIMIT
from serving.deadline import TIMEOUT_HEADER
from serving.openapi import Document, openapi_of, problems

from gateway.authentication import HEALTH, KEY_HEADER
from gateway.messages import Problem
from gateway.release import Release
from gateway.table.response import RELEASE_HEADER
from gateway.table.upload import PROGRESS_S, PROGRESS_SIZE, TABLE_LIMIT

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
_ANY_MODELS: dict[str, JsonValue] = {
    "title": "ModelNames",
    "description": "Names of the release's models. GET /models tells them.",
    "type": "array",
    "items": {"type": "string"},
    "minItems": 1,
}
_PARAMETERS: list[JsonValue] = [
    {
        "name": "models",
        "in": "query",
        "required": False,
        "schema": {"$ref": "#/components/schemas/ModelNames"},
        "style": "form",
        "explode": False,
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
PROBLEMS = problems(
    {
        400: "not JSON",
        408: f"its body did not come within {BODY_S:g} s",
        413: "too large",
        415: "not declared as JSON",
        422: "does not fit the release",
        503: "fewer models answered than MIN_MODELS, too many requests at once, or no release",
    },
    Problem,
)
TABLE_ANSWER: dict[int | str, Document] = {
    200: {
        "description": "the table's own columns, then `prediction`, `probability`, `agreement` (votes/models that "
        "answered), `prediction:<model>` for each model, and `error`: why a row has no prediction or lacks a model's",
        "content": {"text/csv": {"schema": {"type": "string"}}},
        "headers": {RELEASE_HEADER: {"schema": {"type": "string"}, "description": "the release that answers"}},
    },
    **PROBLEMS,
    **problems(
        {
            400: "empty, or its header is not readable UTF-8",
            408: f"less than {PROGRESS_SIZE // KIB} KiB came in {PROGRESS_S:g} s",
            413: f"more than {TABLE_LIMIT // MIB} MiB",
            415: "not declared as text/csv in UTF-8",
            422: "the header does not fit the release: names each missing feature",
        },
        Problem,
    ),
}
START_ANSWER: dict[int | str, Document] = {
    **{status: problem for status, problem in PROBLEMS.items() if status != 503},
    **problems(
        {
            400: "empty, or its header is not readable UTF-8",
            413: f"more than {SINGLE_LIMIT // KIB} KiB",
            415: "not declared as text/csv in UTF-8",
            422: "`models` names none of the release's",
            503: "too many requests at once, or no release",
        },
        Problem,
    ),
}
_API_KEY: Document = {
    "type": "apiKey",
    "in": "header",
    "name": KEY_HEADER,
    "description": "wanted where the gateway was started with API keys, by all but health",
}
_KEY_PROBLEM: Document = {
    "description": "the gateway wants an API key, and there was none, or one that is not accepted",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}},
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
    document = openapi_of(app)
    document["components"]["schemas"] |= {"Instance": _ANY_INSTANCE, "ModelNames": _ANY_MODELS, "Table": _ANY_TABLE}
    document["components"]["securitySchemes"] = {"ApiKey": _API_KEY}
    for path in document["paths"].keys() - HEALTH:
        for operation in document["paths"][path].values():
            operation["security"] = [{}, {"ApiKey": []}]  # with a key, or without
            operation["responses"]["401"] = _KEY_PROBLEM
    return document


def of_release(document: Document, release: Release) -> Document:
    """The same document with the release's own fields and a working example."""
    instance: Document = release.inputs.schema()
    table = _ANY_TABLE | {"example": _table([instance["example"]])}
    models = _ANY_MODELS | {"items": {"enum": [member.name for member in release.members]}}
    own = {"Instance": instance, "ModelNames": models, "Table": table}
    schemas = document["components"]["schemas"] | own
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
