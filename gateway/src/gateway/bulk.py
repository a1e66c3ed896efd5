"""Many rows of one caller, asked in chunks, so that other requests get their turn in between."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from serving.engine import Rows

from gateway.release import Release
from gateway.round import Answer

CHUNK_ROWS = 256
BULK_IN_FLIGHT = 4  # requests at a time


async def ask_in_chunks(
    release: Release, rows: Rows, give_up: float, models: Sequence[str] | None = None
) -> AsyncIterator[Answer]:
    """The answers to consecutive chunks of the rows, in their order."""
    for start in range(0, len(rows), CHUNK_ROWS):
        yield await release.fanout.ask(rows[start : start + CHUNK_ROWS], give_up=give_up, models=models)
        await asyncio.sleep(0)
