"""HTTP/1.1 below httpx2, on httptools: one request at a time on each connection.

Calls to the members are most of what a lone request costs the gateway. By this transport a call takes it a sixth of the
processor time that it takes by httpx2's own, and two thirds of aiohttp's without httpx2 (`make bench-transport`). The
httpx2 API stays, so that any other transport can stand here, a test's among them.
"""

import asyncio
import time
from typing import TYPE_CHECKING, cast

import httptools
import httpx2

CONNECT_S = 0.25
IDLE_S = 30.0  # shorter than the servers' 75 s, so that we close first
HEAD_LIMIT = 64 * 2**10  # bytes of an answer that are not its body, 1xx answers and trailers among them
LIMIT = "max_response_bytes"  # a request's extension: an answer with a longer body breaks the connection


class PooledTransport(httpx2.AsyncBaseTransport):
    """Opens a connection where none is idle, and resolves the name anew each time. Knows of no proxy."""

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self._idle_s = idle_s
        self._idle: list[_Connection] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        connection = self._take() or await _open(request)
        try:
            status, headers, body = await connection.ask(request, await request.aread())
        except BaseException:
            connection.close()
            raise
        if connection.reusable:
            connection.idle_since = time.monotonic()
            self._idle.append(connection)
        return httpx2.Response(status, headers=headers, stream=httpx2.ByteStream(body), request=request)

    async def aclose(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _take(self) -> "_Connection | None":
        """The connection that was used last: the others may grow old."""
        while self._idle:
            connection = self._idle.pop()
            if connection.reusable and time.monotonic() - connection.idle_since < self._idle_s:
                return connection
            connection.close()
        return None


async def _open(request: httpx2.Request) -> "_Connection":
    """Raises ConnectTimeout or ConnectError."""
    url = request.url
    try:
        async with asyncio.timeout(CONNECT_S):
            port = url.port or (443 if url.scheme == "https" else 80)
            ssl = True if url.scheme == "https" else None
            _, connection = await asyncio.get_running_loop().create_connection(_Connection, url.host, port, ssl=ssl)
            return connection
    except TimeoutError as error:
        raise httpx2.ConnectTimeout("no connection in time", request=request) from error
    except OSError as error:
        raise httpx2.ConnectError(str(error), request=request) from error


class _Connection(asyncio.Protocol):
    """The callbacks `on_…` are httptools'."""

    if TYPE_CHECKING:
        _transport: asyncio.Transport
        _parser: httptools.HttpResponseParser

    def __init__(self) -> None:
        self.idle_since = 0.0
        self.reusable = True
        self._heard = False
        self._answer: asyncio.Future[tuple[int, list[tuple[bytes, bytes]], bytes]] | None = None

    def ask(
        self, request: httpx2.Request, content: bytes
    ) -> "asyncio.Future[tuple[int, list[tuple[bytes, bytes]], bytes]]":
        """Status, headers and body of the answer.

        It fails with ReadError where nothing came, and with RemoteProtocolError where it was no answer, or half of one.
        """
        self._request = request
        self._limit: int = request.extensions.get(LIMIT, 2**63)
        self._headers: list[tuple[bytes, bytes]] = []
        self._body = bytearray()
        self._received = 0
        self._heard = False
        self._parser = httptools.HttpResponseParser(self)
        self._answer = asyncio.get_running_loop().create_future()
        lines = [b"%b %b HTTP/1.1" % (request.method.encode(), request.url.raw_path)]
        lines += [b"%b: %b" % header for header in request.headers.raw]
        self._transport.write(b"\r\n".join([*lines, b"", content]))
        return self._answer

    def close(self) -> None:
        self.reusable = False
        self._transport.abort()  # not `close`, which would wait until what is unsent has gone out

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._answer is None:  # nothing was asked
            self.close()
            return
        self._heard = True
        self._received += len(data)
        if self._received > 2 * self._limit + HEAD_LIMIT:  # twice, since a chunked body is longer than what it holds
            self._fail("the answer is longer than its body may be")
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(f"what came is not HTTP: {error}")

    def connection_lost(self, error: Exception | None) -> None:
        if self._heard:
            self._fail("the connection was closed in the middle of the answer")
        elif self._answer and not self._answer.done():
            self.close()
            self._answer.set_exception(httpx2.ReadError("closed without an answer", request=self._request))
            self._answer = None

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name, value))

    def on_body(self, part: bytes) -> None:
        self._body += part
        if len(self._body) > self._limit:
            self._fail(f"the answer is longer than {self._limit} bytes")

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            self._headers.clear()
            return
        self.reusable = self.reusable and self._parser.should_keep_alive()
        if self._answer and not self._answer.done():
            self._answer.set_result((status, self._headers, bytes(self._body)))
        self._answer = None

    def _fail(self, why: str) -> None:
        self.close()
        if self._answer and not self._answer.done():
            self._answer.set_exception(httpx2.RemoteProtocolError(why, request=self._request))
        self._answer = None
