"""Telling a member which span its call belongs to."""

import httpx2
from serving.tracer import trace_headers
from serving.tracing import CURRENT_SPAN


class TracedTransport(httpx2.AsyncBaseTransport):
    """Any transport, with the headers of the current span, if there is one, in each request."""

    def __init__(self, transport: httpx2.AsyncBaseTransport) -> None:
        self._transport = transport

    async def __aenter__(self) -> "TracedTransport":
        await self._transport.__aenter__()
        return self

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if span := CURRENT_SPAN.get():
            request.headers.update(trace_headers(span))
        return await self._transport.handle_async_request(request)

    async def aclose(self) -> None:
        await self._transport.aclose()
