"""What our OpenAPI documents say of failures: every one is a problem document, whatever FastAPI supposes."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from serving.problem import ProblemDocument

Document = dict[str, Any]
_SCHEMAS = "#/components/schemas/"
_FASTAPIS = ("HTTPValidationError", "ValidationError")


def problems(whys: Mapping[int, str], model: type[ProblemDocument] = ProblemDocument) -> dict[int | str, Document]:
    """A route's `responses`: why it fails, by status."""
    return {status: {"model": model, "description": why} for status, why in whys.items()}


def openapi_of(app: FastAPI) -> Document:
    """The app's document, in which problems have their own media type."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    responses = [
        response
        for operations in document["paths"].values()
        for operation in operations.values()
        for response in operation["responses"].values()
    ]
    for response in responses:
        for content in list(response.get("content", {}).values()):
            name = content.get("schema", {}).get("$ref", "").removeprefix(_SCHEMAS)
            if name in _FASTAPIS or name.startswith("Problem"):
                schema = {"$ref": _SCHEMAS + ("ProblemDocument" if name in _FASTAPIS else name)}
                response["content"] = {"application/problem+json": {"schema": schema}}
    for unused in _FASTAPIS:
        document["components"]["schemas"].pop(unused, None)
    return document
