"""Receiving a table: the whole of it, before the first byte of its answer, or its beginning only.

nginx and many clients cannot send and receive at once on HTTP/1.1.
"""

import asyncio
from email.message import Message
from typing import BinaryIO

from fastapi import Request
from serving.body import KIB, MIB, SINGLE_LIMIT, body_parts, read_body
from serving.deadline import within
from serving.errors import BodyStalled, UnsupportedMediaType
from serving.room import Share

TABLE_LIMIT = 64 * MIB
TABLE_ROOM = 4 * TABLE_LIMIT  # bytes of all tables together, from their first byte to the end of their answers
PROGRESS_S = 30.0  # in which sending has to get on by so much, and reading by a part of the answer
PROGRESS_SIZE = 256 * KIB


async def receive_start(request: Request) -> bytes:
    """A body that is the beginning of a table, up to `SINGLE_LIMIT` bytes of it. Raises as `receive_table`."""
    _check_declared(request)
    return await read_body(request, limit=SINGLE_LIMIT)


async def receive_table(request: Request, file: BinaryIO, share: Share, *, progress_s: float = PROGRESS_S) -> None:
    """Write the body, which is declared as CSV, to a file; `share` is its part of the room for tables.

    Raises UnsupportedMediaType, BodyTooLarge past `TABLE_LIMIT` bytes, Overloaded where there is no room, BodyStalled
    where `progress_s` seconds brought neither its end nor `PROGRESS_SIZE` bytes more, and ClientGone.
    """
    _check_declared(request)
    clock = asyncio.get_running_loop()
    came = 0
    async with within(progress_s, BodyStalled, f"neither the table's end nor {PROGRESS_SIZE // KIB} KiB came") as pause:
        async for part in body_parts(request, limit=TABLE_LIMIT):
            share.take(len(part))
            file.write(part)
            came += len(part)
            if came >= PROGRESS_SIZE:
                came = 0
                pause.reschedule(clock.time() + progress_s)


def _check_declared(request: Request) -> None:
    declared = Message()
    declared["Content-Type"] = request.headers.get("content-type", "")
    if declared.get_content_type() != "text/csv" or declared.get_content_charset("utf-8") not in ("utf-8", "utf8"):
        raise UnsupportedMediaType("send the table itself, in UTF-8, with the header Content-Type: text/csv")
