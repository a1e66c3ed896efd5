import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi import Request
from gateway.table.response import TableResponse

pytestmark = pytest.mark.anyio
Message = dict[str, Any]


class Client:
    """Reads `reads` messages and then nothing; goes away where `leaves` is set."""

    def __init__(self, reads: int = 1_000_000) -> None:
        self.reads = reads
        self.leaves = asyncio.Event()
        self.got: list[Message] = []

    async def receive(self) -> Message:
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if len(self.got) >= self.reads:
            await asyncio.Event().wait()
        self.got.append(message)

    @property
    def ended(self) -> bool:
        return self.got[-1].get("more_body") is False


class Work:
    """Makes parts of an answer, for as long as it is asked, and counts them."""

    def __init__(self, count: int = 1_000_000) -> None:
        self.count = count
        self.made = 0
        self.stopped = False
        self.released = False

    async def parts(self) -> AsyncGenerator[bytes]:
        try:
            while self.made < self.count:
                await asyncio.sleep(0)
                self.made += 1
                yield b"x" * 1000
        finally:
            self.stopped = True

    def release(self) -> None:
        self.released = True


async def answer(client: Client, work: Work, *, progress_s: float = 5) -> None:
    scope: Any = {"type": "http", "headers": [], "state": {"request_id": "abc"}}
    request = Request(scope, client.receive)
    held = ExitStack()
    held.callback(work.release)
    response = TableResponse(request, b"head\n", work.parts(), held, release_id="r1", progress_s=progress_s)
    async with asyncio.timeout(10):
        await response(scope, client.receive, client.send)


async def test_the_first_part_and_the_others_are_sent_in_their_order_and_then_the_end() -> None:
    client, work = Client(), Work(3)
    await answer(client, work)
    start, *bodies = client.got
    assert (start["status"], dict(start["headers"])[b"content-type"]) == (200, b"text/csv; charset=utf-8")
    assert b"content-length" not in dict(start["headers"])
    assert b"".join(each["body"] for each in bodies) == b"head\n" + b"x" * 3000
    assert [each["more_body"] for each in bodies] == [True, True, True, True, False]
    assert work.released


async def test_a_client_that_stops_reading_has_the_answer_broken_off_before_its_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client, work = Client(reads=10), Work()
    with caplog.at_level(logging.WARNING):
        await answer(client, work, progress_s=0.05)
    assert not client.ended
    assert (work.stopped, work.released) == (True, True)
    [record] = caplog.records
    assert (record.message, vars(record)["request_id"]) == ("an answer was broken off", "abc")
    assert "reads nothing" in vars(record)["why"]


async def test_no_more_is_made_than_the_client_reads() -> None:
    client, work = Client(reads=10), Work()
    await answer(client, work, progress_s=0.05)
    assert work.made < 12


async def test_a_client_that_goes_away_stops_its_work() -> None:
    client, work = Client(), Work()
    answering = asyncio.create_task(answer(client, work))
    async with asyncio.timeout(5):
        while work.made < 10:
            await asyncio.sleep(0)
        client.leaves.set()
        await answering
    assert not client.ended
    assert (work.stopped, work.released) == (True, True)


async def test_an_answer_that_cannot_be_made_is_not_ended_as_if_it_were_whole() -> None:
    client = Client()
    work = Work()

    async def parts() -> AsyncGenerator[bytes]:
        yield b"x"
        raise OSError("the file is gone")

    work.parts = parts  # type: ignore[method-assign]  # a work that fails
    with pytest.raises(OSError, match="gone"):
        await answer(client, work)
    assert not client.ended
    assert work.released
