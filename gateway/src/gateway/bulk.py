"""Many rows of one caller, asked in chunks, so that other requests get their turn in between."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Coroutine, Iterable, Sequence
from typing import Any, TypeVar

from serving.engine import Rows
from serving.origin import Origin

from gateway.release import Release
from gateway.round import Answer

T = TypeVar("T")
CHUNK_ROWS = 256
BULK_IN_FLIGHT = 4  # requests at a time
GRACE_S = 2.0  # that a chunk waits for a late member: many rows may take one long that is well
CHUNKS_IN_FLIGHT = 2  # of a request: while the members compute one, the next is made ready


def ask_in_chunks(
    release: Release, rows: Rows, give_up: float, origin: Origin, models: Sequence[str] | None = None
) -> AsyncGenerator[Answer]:
    """The answers to consecutive chunks of the rows, in their order."""
    chunks = (rows[start : start + CHUNK_ROWS] for start in range(0, len(rows), CHUNK_ROWS))
    return in_order(
        release.fanout.ask(chunk, give_up=give_up, models=models, origin=origin, grace_s=GRACE_S) for chunk in chunks
    )


async def in_order(calls: Iterable[Coroutine[Any, Any, T]]) -> AsyncGenerator[T]:
    """What the calls give, in their order. Each is taken when one fewer than `CHUNKS_IN_FLIGHT` are under way."""
    under_way: deque[asyncio.Task[T]] = deque()
    try:
        for call in calls:
            under_way.append(asyncio.create_task(call))
            await asyncio.sleep(0)  # it is asked before the next one is made
            if len(under_way) == CHUNKS_IN_FLIGHT:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        for task in under_way:
            task.cancel()
