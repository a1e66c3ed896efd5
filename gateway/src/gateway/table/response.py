"""An answer that is sent while it is made, at the pace at which its client reads it."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import ExitStack, aclosing

from fastapi import Request
from fastapi.responses import StreamingResponse
from serving.errors import ClientGone
from serving.presence import unless_gone
from starlette.types import Receive, Scope, Send

from gateway.table.upload import PROGRESS_S

logger = logging.getLogger(__name__)
RELEASE_HEADER = "X-Release"


class TableResponse(StreamingResponse):
    """`first` and then `parts`, as CSV; `held` is closed when the answer is over, however it ends.

    Where nothing could be sent for `progress_s` seconds, or making it failed, the connection is closed before the
    answer's end, by which a client notices that something is missing.
    """

    media_type = "text/csv"

    def __init__(
        self,
        request: Request,
        first: bytes,
        parts: AsyncGenerator[bytes],
        held: ExitStack,
        *,
        release_id: str,
        progress_s: float = PROGRESS_S,
    ) -> None:
        headers = {"Content-Disposition": 'attachment; filename="predictions.csv"', RELEASE_HEADER: release_id}
        super().__init__(parts, headers=headers)
        self._request = request
        self._first = first
        self._parts = parts
        self._held = held
        self._progress_s = progress_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._held:
            async with aclosing(self._parts):
                try:
                    await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                    await unless_gone(self._request, self._send_all(send))
                except (ClientGone, TimeoutError) as error:
                    why = "the client went away" if isinstance(error, ClientGone) else "the client reads nothing"
                    extra = {"why": why, "request_id": self._request.state.request_id}
                    logger.warning("an answer was broken off", extra=extra)

    async def _send_all(self, send: Send) -> None:
        part: bytes | None = self._first
        while part is not None:
            async with asyncio.timeout(self._progress_s):
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = await anext(self._parts, None)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
