"""Reading a request's body within its limit."""

from fastapi import Request
from starlette.requests import ClientDisconnect

from serving.errors import BodyTooLarge, ClientGone, UnsupportedMediaType

KIB = 2**10
MIB = 2**20
SINGLE_LIMIT = 64 * KIB  # bytes of a single prediction
BULK_LIMIT = 8 * MIB  # bytes of a batch or of an inference request
BULK_ROWS = 10_000


async def read_body(request: Request, *, limit: int) -> bytes:
    """The whole body.

    Raises BodyTooLarge past `limit` bytes, UnsupportedMediaType for a compressed one, and ClientGone.
    """
    encoding = request.headers.get("content-encoding", "identity")
    if encoding != "identity":
        raise UnsupportedMediaType("compressed bodies are not taken: send it without Content-Encoding")
    if int(request.headers.get("content-length", 0)) > limit:
        raise _too_large(limit)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise _too_large(limit)
    except ClientDisconnect as error:
        raise ClientGone("the connection was closed before the whole body had come") from error
    return bytes(body)


async def read_json_body(request: Request, *, limit: int) -> bytes:
    """As `read_body`, for a path that takes JSON only."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType("send JSON, with the header Content-Type: application/json")
    return await read_body(request, limit=limit)


def _too_large(limit: int) -> BodyTooLarge:
    return BodyTooLarge(f"this path takes at most {limit // KIB} KiB: split the request")
