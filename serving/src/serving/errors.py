"""What can go wrong, as one tree.

The HTTP status stands on the class; `serving.problem` turns any of them into an answer.

ServingError                    500
├── MalformedBody               400
├── Unauthorized                401
├── NotFound                    404
├── BodyStalled                 408
├── BodyTooLarge                413
├── UnsupportedMediaType        415
├── InvalidInput                422  carries one entry for each thing that is wrong
├── ClientGone                  499  nobody is left to read the answer
├── EngineFailed                500
├── Unavailable                 503  may carry what is still known
│   └── Overloaded                   too much is waiting already
├── DeadlineExceeded            504
└── StoreError                  503
    ├── StoreUnreadable              the store itself cannot be read or written
    ├── StoreLocked                  another trainer is at work in it
    ├── NoRelease                    nothing has been published yet
    ├── ReleaseNotFound
    └── ReleaseDamaged               files missing, changed, or not what the manifest says
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12


class FieldError(TypedDict):
    """One thing that is wrong with an input: where (`loc`, a path of names and indices), what kind, and in words."""

    loc: list[str | int]
    type: str
    msg: str


class ServingError(Exception):
    """Base of all errors that a caller may be told about. `detail` says what was wrong and what to do."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"

    def __init__(self, detail: str, **members: object) -> None:
        """`members` are further members of the problem document."""
        super().__init__(detail)
        self.detail = detail
        self.members = members

    def headers(self) -> Mapping[str, str]:
        """Further headers of the answer."""
        return {}


class MalformedBody(ServingError):
    """The body is not what its content type says."""

    status = 400
    title = "Malformed body"


class Unauthorized(ServingError):
    """The request carries no API key, or none that is accepted."""

    status = 401
    title = "Unauthorized"

    def headers(self) -> Mapping[str, str]:
        return {"WWW-Authenticate": "APIKey"}  # no scheme is registered for it; this is FastAPI's word


class NotFound(ServingError):
    """There is no such model, version or path."""

    status = 404
    title = "Not found"


class BodyStalled(ServingError):
    """The client stopped sending before its body had come. What it might still send is not a request: close."""

    status = 408
    title = "Body stalled"

    def headers(self) -> Mapping[str, str]:
        return {"Connection": "close"}


class BodyTooLarge(ServingError):
    """The body is larger than this path takes."""

    status = 413
    title = "Body too large"


class UnsupportedMediaType(ServingError):
    """The body's type or encoding is not taken here."""

    status = 415
    title = "Unsupported media type"


class InvalidInput(ServingError):
    """The body was understood and is not acceptable. `errors` never repeats the input's values."""

    status = 422
    title = "Invalid input"

    def __init__(self, detail: str, errors: Sequence[FieldError] = (), **members: object) -> None:
        super().__init__(detail, errors=list(errors), **members)
        self.errors = errors


class ClientGone(ServingError):
    """The client closed its connection before it had its answer."""

    status = 499  # nginx's number for it
    title = "Client closed request"


class EngineFailed(ServingError):
    """A model raised, or gave something that is not a table of probabilities."""

    title = "Model failed"


class Unavailable(ServingError):
    """It cannot be answered now; the same request may succeed in `retry_after_s` seconds."""

    status = 503
    title = "Unavailable"
    retry_after_s = 1

    def headers(self) -> Mapping[str, str]:
        return {"Retry-After": str(self.retry_after_s)}


class Overloaded(Unavailable):
    """More waits than can be answered in time: refused at once, before any work was done."""

    title = "Overloaded"


class DeadlineExceeded(ServingError):
    """The caller's time was up before the answer was there."""

    status = 504
    title = "Deadline exceeded"


class StoreError(ServingError):
    """The release store did not give what was asked of it."""

    status = 503
    title = "No usable release"

    def headers(self) -> Mapping[str, str]:
        return {"Retry-After": "5"}


class StoreUnreadable(StoreError):
    """The store's folder is missing, or its permissions are wrong."""


class StoreLocked(StoreError):
    """Another trainer holds the store's lock."""


class NoRelease(StoreError):
    """The store is there, and nothing has been published into it."""


class ReleaseNotFound(StoreError):
    """The store has no release of that id."""


class ReleaseDamaged(StoreError):
    """A release's files are not the ones that its manifest names."""
