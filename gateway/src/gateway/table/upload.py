"""Receiving a table: the whole of it, before the first byte of its answer.

nginx and many clients cannot send and receive at once on HTTP/1.1.
"""

import asyncio
from email.message import Message
from typing import BinaryIO

from fastapi import Request
from serving.body import MIB, body_parts
from serving.errors import BodyStalled, UnsupportedMediaType

TABLE_LIMIT = 64 * MIB
PROGRESS_S = 30.0  # how long sending or reading may pause


async def receive_table(request: Request, file: BinaryIO, *, progress_s: float = PROGRESS_S) -> None:
    """Write the body, which is declared as CSV, to a file.

    Raises UnsupportedMediaType, BodyTooLarge past `TABLE_LIMIT` bytes, BodyStalled where nothing came for `progress_s`
    seconds, and ClientGone.
    """
    declared = Message()
    declared["Content-Type"] = request.headers.get("content-type", "")
    if declared.get_content_type() != "text/csv" or declared.get_content_charset("utf-8") not in ("utf-8", "utf8"):
        raise UnsupportedMediaType("send the table itself, in UTF-8, with the header Content-Type: text/csv")
    clock = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(progress_s) as pause:
            async for part in body_parts(request, limit=TABLE_LIMIT):
                file.write(part)
                pause.reschedule(clock.time() + progress_s)
    except TimeoutError as error:
        raise BodyStalled(f"nothing of the body came for {progress_s:g} s") from error
