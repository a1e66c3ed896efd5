"""Reading a request's body within its limit and its time."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Generator
from contextlib import suppress
from types import coroutine
from typing import Any

from fastapi import Request
from starlette.types import Receive, Scope

from serving.deadline import within
from serving.errors import BodyStalled, BodyTooLarge, ClientGone, UnsupportedMediaType
from serving.headers import headers_of
from serving.room import Share

KIB = 2**10
MIB = 2**20
SINGLE_LIMIT = 64 * KIB  # bytes of a single prediction
BULK_LIMIT = 8 * MIB  # bytes of a batch or of an inference request
BULK_ROOM = 8 * BULK_LIMIT  # bytes of all such bodies that are still coming
BULK_ROWS = 10_000
BODY_S = 10.0  # for the whole of a body to come
_READ = "body_read"  # in a request's scope: whether its body has been read to its end


async def read_body(request: Request, *, limit: int, share: Share | None = None, limit_s: float = BODY_S) -> bytes:
    """The whole body; `share` is its part of the room for bodies that are coming.

    Raises as `body_parts`, Overloaded where there is no room, and BodyStalled where it has not come after `limit_s`
    seconds.
    """
    reading = _joined(request, limit, share)
    try:
        missing = reading.send(None)
    except StopIteration as whole:  # as most are when they are asked for: a timer costs three times what this does
        body: bytes = whole.value
        return body
    async with within(limit_s, BodyStalled, "the body did not come"):
        return await _rest(reading, missing)


async def _joined(request: Request, limit: int, share: Share | None) -> bytes:
    parts: list[bytes] = []
    async for part in body_parts(request, limit=limit):
        if share:
            share.take(len(part))
        parts.append(part)
    return b"".join(parts)


@coroutine
def _rest(reading: Coroutine[Any, Any, bytes], missing: object) -> Generator[Any, Any, bytes]:
    """What a coroutine that has begun to wait for `missing` comes to."""
    try:
        yield missing
    except BaseException as error:  # the time is up, or the client is gone: it ends by that, too
        reading.throw(error)
        raise
    return (yield from reading.__await__())


async def body_parts(request: Request, *, limit: int) -> AsyncIterator[bytes]:
    """The body, part by part as it comes.

    Raises BodyTooLarge past `limit` bytes, UnsupportedMediaType for a compressed one, and ClientGone.
    """
    headers = headers_of(request.scope)
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
        request.scope[_READ] = not more
        if size > limit:
            raise _too_large(limit)
        yield part


async def drop_body(scope: Scope, receive: Receive) -> None:
    """Let what is left of a body come, for `BODY_S` seconds at most, before its request is refused.

    nginx says that it keeps the connection of a request that is answered earlier, and closes it all the same, which
    costs the client its next request.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(BODY_S):
            while not scope.get(_READ) and (await receive()).get("more_body"):
                pass


async def read_json_body(request: Request, *, limit: int, share: Share | None = None) -> bytes:
    """As `read_body`, for a path that takes JSON only."""
    media_type = headers_of(request.scope).get(b"content-type", b"")
    if media_type != b"application/json" and media_type.partition(b";")[0].strip().lower() != b"application/json":
        raise UnsupportedMediaType("send JSON, with the header Content-Type: application/json")
    return await read_body(request, limit=limit, share=share)


def _too_large(limit: int) -> BodyTooLarge:
    size = f"{limit // MIB} MiB" if limit >= MIB else f"{limit // KIB} KiB"
    return BodyTooLarge(f"this path takes at most {size}: split the request")
