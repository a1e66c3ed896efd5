"""Reading a request's body within its limit."""

from fastapi import Request
from starlette.types import Message

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
    headers = dict(request.scope["headers"])
    if headers.get(b"content-encoding", b"identity") != b"identity":
        raise UnsupportedMediaType("compressed bodies are not taken: send it without Content-Encoding")
    if int(headers.get(b"content-length", 0)) > limit:
        raise _too_large(limit)
    message = await request.receive()
    if not message.get("more_body"):
        return _part(message, limit)
    body = bytearray()
    while True:
        body += _part(message, limit)
        if len(body) > limit:
            raise _too_large(limit)
        if not message.get("more_body"):
            return bytes(body)
        message = await request.receive()


async def read_json_body(request: Request, *, limit: int) -> bytes:
    """As `read_body`, for a path that takes JSON only."""
    media_type = dict(request.scope["headers"]).get(b"content-type", b"")
    if media_type != b"application/json" and media_type.partition(b";")[0].strip().lower() != b"application/json":
        raise UnsupportedMediaType("send JSON, with the header Content-Type: application/json")
    return await read_body(request, limit=limit)


def _part(message: Message, limit: int) -> bytes:
    """One message's part of the body."""
    if message["type"] == "http.disconnect":
        raise ClientGone("the connection was closed before the whole body had come")
    part: bytes = message.get("body", b"")
    if len(part) > limit:
        raise _too_large(limit)
    return part


def _too_large(limit: int) -> BodyTooLarge:
    return BodyTooLarge(f"this path takes at most {limit // KIB} KiB: split the request")
