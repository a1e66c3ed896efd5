"""Predicting a whole table, a few chunks ahead of what is read."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from serving.deadline import BULK_DEADLINE_MS
from serving.errors import Overloaded
from serving.origin import Origin

from gateway.answer_note import AnswerNote
from gateway.bulk import in_order
from gateway.release import Release
from gateway.round import Answer
from gateway.table.answer import AnswerText
from gateway.table.table import Chunk, Table

AGAIN_S = 0.1


class TablePrediction:
    """The answer to a table. `models` are the members to ask; `note` takes each chunk's answer down."""

    def __init__(
        self,
        table: Table,
        release: Release,
        models: Sequence[str],
        min_models: int,
        origin: Origin,
        note: AnswerNote,
    ) -> None:
        self._table = table
        self._release = release
        self._models = models
        self._min_models = min_models
        self._origin = origin
        self._note = note
        self._text = AnswerText(table.header, models, release.manifest.classes, min_models)

    async def parts(self) -> AsyncGenerator[bytes]:
        """The answer's text, part by part.

        Raises Unavailable, instead of a first part, where no row of the first chunk is answered. Later the rows say so.
        """
        head = self._text.head()
        async with aclosing(in_order(self._answered(chunk) for chunk in self._table.chunks())) as texts:
            async for text in texts:
                if text:
                    yield head + text
                    head = b""
        if head:
            yield head

    async def _answered(self, chunk: Chunk) -> bytes:
        answer = await self._ask(chunk) if len(chunk.fitting) else None
        if answer and chunk.start == 0 and not self._text.enough(answer).any():
            answer.votes(self._min_models)  # raises
        return self._text.rows(chunk, answer)

    async def _ask(self, chunk: Chunk) -> Answer:
        """Each chunk has the time of a bulk request, and uses it: a table is to be whole rather than soon.

        One that is refused waits for its turn.
        """
        ask = self._release.fanout.ask
        while True:
            try:
                give_up = time.monotonic() + BULK_DEADLINE_MS / 1000
                answer = await ask(
                    chunk.rows,
                    give_up=give_up,
                    models=self._models,
                    origin=self._origin,
                    grace_s=BULK_DEADLINE_MS / 1000,
                )
                return self._note.add(answer)
            except Overloaded:
                if chunk.start == 0:
                    raise
            await asyncio.sleep(AGAIN_S)
