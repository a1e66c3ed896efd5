"""Members of which each is ill in its own way: `python -m tests.faults.sick_members`, ports 8000 and on.

They speak just enough of the Open Inference Protocol to be asked. `GET /calls` tells how often one was asked to infer.
They stand on plain sockets, since no web framework closes a connection without an answer.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable

ROW_S = 0.02

Behavior = Callable[["SickMember", int], Awaitable[bytes | None]]


class SickMember:
    """`behave` takes the number of rows asked, and gives an answer, or None where the connection is to be closed."""

    def __init__(self, behave: Behavior) -> None:
        self.calls = 0
        self.turn = asyncio.Lock()
        self._behave = behave

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while answer := await self._answer(reader):
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> bytes | None:
        first, *headers = (await reader.readuntil(b"\r\n\r\n")).decode().lower().splitlines()
        length = next((int(each.partition(":")[2]) for each in headers if each.startswith("content-length:")), 0)
        body = await reader.readexactly(length)
        if first.startswith("post"):
            self.calls += 1
            return await self._behave(self, json.loads(body)["inputs"][0]["shape"][0])
        return http(200, {"calls": self.calls} if "/calls" in first else {"ready": True})


async def slow(member: SickMember, rows: int) -> bytes:
    """20 ms a row, one call after another: it can do 50 rows a second."""
    async with member.turn:
        await asyncio.sleep(ROW_S * rows)
    return probabilities(rows)


async def closing(member: SickMember, rows: int) -> None:
    """Never answers."""


async def flaky(member: SickMember, rows: int) -> bytes | None:
    """Every third call is not answered: too seldom for its breaker to open."""
    return probabilities(rows) if member.calls % 3 else None


async def shedding(member: SickMember, rows: int) -> bytes:
    """Always has too much to do."""
    return http(503, {"error": "too much to do"})


def probabilities(rows: int) -> bytes:
    output = {"name": "predict_proba", "datatype": "FP64", "shape": [rows, 3], "data": [1 / 3] * rows * 3}
    return http(200, {"model_name": "sick", "outputs": [output]})


def http(status: int, document: object) -> bytes:
    body = json.dumps(document).encode()
    head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def main() -> None:
    for port, behave in enumerate([slow, closing, flaky, shedding], 8000):
        await asyncio.start_server(SickMember(behave).connected, "0.0.0.0", port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
