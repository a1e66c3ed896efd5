"""A load whose requests are sent at fixed times, whatever the answers do: a closed loop would hide that it waits."""

import asyncio
import itertools
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf
from threading import Event
from typing import Any, TypeVar, cast

import httptools
import uvloop

T = TypeVar("T")


def run(load: Coroutine[Any, Any, T]) -> T:
    """Run a load on a loop of its own, in a thread: the test's thread may have a loop already (a browser's)."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(uvloop.run, load).result()


@dataclass(frozen=True)
class Answered:
    """`at` is when it was sent, in seconds since the load began; `status` is 0 where no answer came."""

    at: float
    seconds: float
    status: int
    body: bytes


class _Connection(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def ask(self, request: bytes) -> "asyncio.Future[tuple[int, bytes]]":
        self._parser = httptools.HttpResponseParser(self)
        self._body = b""
        self._answer: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answer

    def close(self) -> None:
        self._transport.close()

    @property
    def open(self) -> bool:
        """Whether another request may be sent: neither side has closed it, or said that it will."""
        return self._kept and not self._transport.is_closing()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        self._kept = self._parser.should_keep_alive()
        self._answer.set_result((self._parser.get_status_code(), self._body))

    def connection_lost(self, error: Exception | None) -> None:
        if hasattr(self, "_answer") and not self._answer.done():
            self._answer.set_result((0, b""))


class OpenLoop:
    """Asks one host the same question again and again. Connections are opened as they are needed."""

    def __init__(self, port: int, path: str, body: bytes) -> None:
        self._port = port
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        self._request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        self._idle: list[_Connection] = []
        self._began = time.monotonic()
        self.answers: list[Answered] = []

    async def at_rate(self, per_second: float, seconds: float = inf, over: Event | None = None) -> None:
        """So many requests a second for so long, or until it is `over`, and the wait for the last answers."""
        self._began = time.monotonic()
        asking = set()
        for number in itertools.takewhile(lambda number: number < per_second * seconds, itertools.count()):
            early = self._began + number / per_second - time.monotonic()
            if early > 0:
                await asyncio.sleep(early)
            if over and over.is_set():
                break
            asking.add(asyncio.create_task(self._ask()))
        await asyncio.gather(*asking)
        await self.close()

    async def at_once(self, requests: int) -> None:
        """So many requests at the same time, each on a connection of its own, which are kept."""
        await asyncio.gather(*(self._ask() for _ in range(requests)))

    @property
    def now(self) -> float:
        """Seconds since the load began."""
        return time.monotonic() - self._began

    async def capacity(self, connections: int, seconds: float) -> float:
        """Answers a second where so many callers ask again as soon as they are answered."""
        self._began = time.monotonic()

        async def caller() -> int:
            asked = 0
            while time.monotonic() - self._began < seconds:
                await self._ask()
                asked += self.answers[-1].status == 200
            return asked

        asked = sum(await asyncio.gather(*(caller() for _ in range(connections))))
        self.answers.clear()
        await self.close()
        return asked / seconds

    async def _ask(self) -> None:
        connection = self._take() or await self._open()
        sent = time.monotonic()
        status, body = await connection.ask(self._request)
        self.answers.append(Answered(sent - self._began, time.monotonic() - sent, status, body))
        if status:
            self._idle.append(connection)

    def _take(self) -> _Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.open:
                return connection
            connection.close()
        return None

    async def close(self) -> None:
        for connection in self._idle:
            connection.close()
        self._idle.clear()
        await asyncio.sleep(0.1)  # for their ends to be told

    async def _open(self) -> _Connection:
        _, connection = await asyncio.get_running_loop().create_connection(_Connection, "127.0.0.1", self._port)
        return connection
