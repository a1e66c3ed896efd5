"""The one shape of an error answer: RFC 9457 problem+json, plus `error`, which clients of the protocol read."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from serving.errors import FieldError, InvalidInput, ServingError

logger = logging.getLogger(__name__)
MOST_ERRORS = 1_000


class ProblemDocument(BaseModel):
    """RFC 9457 problem details, with `error` for clients of the Open Inference Protocol."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    error: str
    errors: list[FieldError] = []


class ProblemResponse(JSONResponse):
    media_type = "application/problem+json"


def problem(
    request: Request,
    *,
    status: int,
    title: str,
    detail: str,
    members: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """The answer that tells of a failure. `members` are further members of the document."""
    document = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "request_id": getattr(request.state, "request_id", ""),
        "error": detail,
        **(members or {}),
    }
    return ProblemResponse(document, status_code=status, headers=dict(headers or {}))


def install_error_handlers(app: FastAPI) -> None:
    """Have every foreseen failure of this app answered in the one shape; `AccessMiddleware` answers the others."""
    app.add_exception_handler(ServingError, _serving_error)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(RequestValidationError, _request_validation_error)


def field_errors(error: ValidationError | RequestValidationError) -> list[FieldError]:
    """pydantic's errors without the input that they carry, since an answer never repeats it.

    None where there are more than `MOST_ERRORS`, since nobody reads them and building them takes memory.
    """
    if isinstance(error, ValidationError) and error.error_count() > MOST_ERRORS:
        return []
    return [FieldError(loc=list(each["loc"]), type=each["type"], msg=each["msg"]) for each in error.errors()]


def serving_error(request: Request, error: ServingError) -> ProblemResponse:
    """The answer that tells of an error of our tree."""
    return problem(
        request,
        status=error.status,
        title=error.title,
        detail=error.detail,
        members=error.members,
        headers=error.headers(),
    )


async def _serving_error(request: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, ServingError)  # noqa: S101 - for the type checker; Starlette chose this handler by type
    return serving_error(request, error)


async def _http_exception(request: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    title = HTTPStatus(error.status_code).phrase
    detail = {
        404: "there is nothing at this path",
        405: f"this path does not take {request.method}",
    }.get(error.status_code, str(error.detail))
    return problem(request, status=error.status_code, title=title, detail=detail, headers=error.headers)


async def _request_validation_error(request: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    invalid = InvalidInput("the request's path or query is not acceptable", field_errors(error))
    return serving_error(request, invalid)


def unexpected_failure(request: Request, error: Exception) -> ProblemResponse:
    """The answer to a failure that nobody foresaw, which goes into the log."""
    logger.error("unexpected failure", exc_info=error, extra={"request_id": getattr(request.state, "request_id", "")})
    detail = "something failed that should not have: the service's log has it under this request id"
    return problem(request, status=500, title="Internal error", detail=detail)
