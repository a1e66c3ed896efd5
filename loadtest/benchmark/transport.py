"""`make bench-transport`: what a call to a member costs the caller in processor time, by what carries it.

A server in another process gives an answer of fixed size; three calls are under way at a time, as for three models.
"""

import asyncio
import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable

import aiohttp
import httpx2
import uvicorn
import uvloop
from gateway.transport import PooledTransport

PORT = 8190
URL = f"http://127.0.0.1:{PORT}/v2/models/m/infer"
QUESTION, ANSWER = b"q" * 300, b"a" * 250
CALLS, AT_A_TIME, ROUNDS = 1500, 3, 5
Call = Callable[[], Awaitable[bytes]]


async def serve(
    scope: dict[str, object], receive: Callable[[], Awaitable[object]], send: Callable[..., object]
) -> None:
    """An ASGI application that answers everything alike."""
    await receive()
    headers = [(b"content-length", str(len(ANSWER)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})  # type: ignore[misc]
    await send({"type": "http.response.body", "body": ANSWER})  # type: ignore[misc]


def over(transport: httpx2.AsyncBaseTransport) -> Call:
    url = httpx2.URL(URL)
    headers = {"Host": f"127.0.0.1:{PORT}", "Content-Length": str(len(QUESTION))}

    async def call() -> bytes:
        request = httpx2.Request("POST", url, headers=headers, stream=httpx2.ByteStream(QUESTION))
        return await (await transport.handle_async_request(request)).aread()

    return call


def by_aiohttp(session: aiohttp.ClientSession) -> Call:
    async def call() -> bytes:
        async with session.post(URL, data=QUESTION) as response:
            return await response.read()

    return call


async def microseconds(call: Call) -> float:
    """Of processor time a call, the least of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(CALLS // AT_A_TIME):
            assert set(await asyncio.gather(*(call() for _ in range(AT_A_TIME)))) == {ANSWER}  # noqa: S101
        rounds.append((time.process_time() - start) / CALLS * 1e6)
    return min(rounds)


def wait_until_ready() -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT)):
            return
        time.sleep(0.05)
    sys.exit(f"the server at port {PORT} did not start")


async def main() -> None:
    async with httpx2.AsyncHTTPTransport() as own, PooledTransport() as ours, aiohttp.ClientSession() as session:
        calls = {"httpx2's own": over(own), "aiohttp (without httpx2)": by_aiohttp(session), "ours": over(ours)}
        for name, call in calls.items():
            print(f"{name:26}{await microseconds(call):7.0f} µs a call")


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        uvicorn.run(serve, port=PORT, log_level="error", access_log=False, lifespan="off")
    else:
        server = subprocess.Popen([sys.executable, "-m", "loadtest.benchmark.transport", "serve"])
        try:
            wait_until_ready()
            uvloop.run(main())
        finally:
            server.terminate()
