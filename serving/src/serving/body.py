"""Reading a request's body within its limit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import Request
from starlette.types import Receive

from serving.errors import BodyStalled, BodyTooLarge, ClientGone, UnsupportedMediaType

KIB = 2**10
MIB = 2**20
SINGLE_LIMIT = 64 * KIB  # bytes of a single prediction
BULK_LIMIT = 8 * MIB  # bytes of a batch or of an inference request
BULK_ROWS = 10_000
DROP_S = 10.0


async def read_body(request: Request, *, limit: int) -> bytes:
    """The whole body. Raises as `body_parts`."""
    body = bytearray()
    async for part in body_parts(request, limit=limit):
        body += part
    return bytes(body)


@asynccontextmanager
async def body_within(limit_s: float) -> AsyncIterator[None]:
    """Around the reading of a body. Raises BodyStalled when the time is up."""
    try:
        async with asyncio.timeout(limit_s):
            yield
    except TimeoutError as error:
        raise BodyStalled(f"the body did not come within {limit_s:g} s") from error


async def body_parts(request: Request, *, limit: int) -> AsyncIterator[bytes]:
    """The body, part by part as it comes.

    Raises BodyTooLarge past `limit` bytes, UnsupportedMediaType for a compressed one, and ClientGone.
    """
    headers = dict(request.scope["headers"])
    if headers.get(b"content-encoding", b"identity") != b"identity":
        raise UnsupportedMediaType("compressed bodies are not taken: send it without Content-Encoding")
    if int(headers.get(b"content-length", 0)) > limit:
        raise _too_large(limit)
    size = 0
    more = True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientGone("the connection was closed before the whole body had come")
        part: bytes = message.get("body", b"")
        size += len(part)
        more = message.get("more_body", False)
        request.scope["body_read"] = not more
        if size > limit:
            raise _too_large(limit)
        yield part


async def drop_body(receive: Receive) -> None:
    """Let what is left of a body come, for `DROP_S` seconds at most, before its request is refused.

    nginx says that it keeps the connection of a request that is answered earlier, and closes it all the same, which
    costs the client its next request.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(DROP_S):
            while (await receive()).get("more_body"):
                pass


async def read_json_body(request: Request, *, limit: int) -> bytes:
    """As `read_body`, for a path that takes JSON only."""
    media_type = dict(request.scope["headers"]).get(b"content-type", b"")
    if media_type != b"application/json" and media_type.partition(b";")[0].strip().lower() != b"application/json":
        raise UnsupportedMediaType("send JSON, with the header Content-Type: application/json")
    return await read_body(request, limit=limit)


def _too_large(limit: int) -> BodyTooLarge:
    size = f"{limit // MIB} MiB" if limit >= MIB else f"{limit // KIB} KiB"
    return BodyTooLarge(f"this path takes at most {size}: split the request")
