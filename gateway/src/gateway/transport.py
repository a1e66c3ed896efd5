"""aiohttp below httpx2.

httpx2's own transport takes four times the processor time a call (290 to 75 µs, `make bench-transport`), and calls to
the members are most of what a request costs the gateway. The httpx2 API stays, so that any of its transports can stand
here, a test's among them.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import lru_cache

import aiohttp
import httpx2
from yarl import URL

CONNECT_S = 0.25
IDLE_S = 30.0  # shorter than the servers' 75 s, so that we close first
NAMES_S = 2  # how long an address is remembered: a replaced container has another one


class AiohttpTransport(httpx2.AsyncBaseTransport):
    """Opens its connections where it is entered. The environment's proxies are not for calls between services."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "AiohttpTransport":
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_S, ttl_dns_cache=NAMES_S),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        if self._session:
            await self._session.close()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        assert self._session, "enter the transport first"  # noqa: S101
        with _translated(request):
            response = await self._session.request(
                request.method,
                _address(str(request.url)),
                data=await request.aread(),
                headers=request.headers.multi_items(),
                allow_redirects=False,
            )
        return httpx2.Response(
            response.status, headers=response.raw_headers, stream=_Body(response, request), request=request
        )


class _Body(httpx2.AsyncByteStream):
    def __init__(self, response: aiohttp.ClientResponse, request: httpx2.Request) -> None:
        self._response = response
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translated(self._request):
            async for part in self._response.content.iter_any():
                yield part

    async def aclose(self) -> None:
        self._response.release() if self._response.content.at_eof() else self._response.close()


@contextmanager
def _translated(request: httpx2.Request) -> Iterator[None]:
    """aiohttp's errors as httpx2's; the operating system's stays the cause."""
    try:
        yield
    except aiohttp.ConnectionTimeoutError as error:
        raise httpx2.ConnectTimeout(str(error), request=request) from error
    except aiohttp.ClientConnectorError as error:
        raise httpx2.ConnectError(str(error), request=request) from error.os_error
    except aiohttp.ClientError as error:
        raise httpx2.RemoteProtocolError(str(error), request=request) from error


@lru_cache(maxsize=256)
def _address(url: str) -> URL:
    return URL(url, encoded=True)
