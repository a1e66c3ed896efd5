import asyncio
from collections.abc import Coroutine, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from gateway.bulk import CHUNK_ROWS, CHUNKS_IN_FLIGHT, ask_in_chunks, in_order
from serving.origin import UNNAMED

from tests.unit.gateway.fake_members import FakeBackend, members, now
from tests.virtual_time import run

pytestmark = pytest.mark.anyio


class Calls:
    """Numbered calls, of which each ends when it is let go."""

    def __init__(self, count: int) -> None:
        self.begun: list[int] = []
        self.cancelled: list[int] = []
        self.gates = [asyncio.Event() for _ in range(count)]

    def __iter__(self) -> Iterator[Coroutine[Any, Any, int]]:
        return (self._call(number) for number in range(len(self.gates)))

    async def _call(self, number: int) -> int:
        self.begun.append(number)
        try:
            await self.gates[number].wait()
        except asyncio.CancelledError:
            self.cancelled.append(number)
            raise
        return number


async def test_what_ends_out_of_turn_is_given_in_its_order() -> None:
    calls = Calls(3)
    given = in_order(calls)
    first = asyncio.ensure_future(anext(given))
    calls.gates[1].set()
    await asyncio.sleep(0.01)
    assert not first.done()
    for gate in calls.gates:
        gate.set()
    assert [await first, *[each async for each in given]] == [0, 1, 2]


async def test_no_more_calls_are_begun_than_may_be_under_way() -> None:
    calls = Calls(10)
    first = asyncio.ensure_future(anext(in_order(calls)))
    await asyncio.sleep(0.01)
    assert calls.begun == list(range(CHUNKS_IN_FLIGHT))
    first.cancel()


async def test_whoever_wants_no_more_cancels_what_is_under_way() -> None:
    calls = Calls(10)
    calls.gates[0].set()
    given = in_order(calls)
    assert await anext(given) == 0
    await given.aclose()
    await asyncio.sleep(0)
    assert calls.cancelled == [1]


def test_a_chunk_waits_longer_than_a_single_row_for_a_late_member() -> None:
    async def test() -> list[str]:
        async with members(a=FakeBackend(0.001), b=FakeBackend(0.5)) as asked:
            release: Any = SimpleNamespace(fanout=asked.fanout)
            answers = ask_in_chunks(release, np.full((CHUNK_ROWS + 1, 1), 0.1), now() + 10, UNNAMED)
            return [answer.outcome("b").status async for answer in answers]

    assert run(test()) == ["ok", "ok"]
