import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from fastapi import Request
from gateway.answer_note import AnswerNote
from gateway.merge import Merged
from gateway.outcome import Outcome
from gateway.round import Answer
from gateway.table.answer import appended_columns
from gateway.table.prediction import TablePrediction
from gateway.table.rows import csv_text
from gateway.table.table import CHUNK_ROWS, Table
from serving.engine import Rows
from serving.errors import Overloaded
from serving.origin import UNNAMED
from serving.store import Manifest

pytestmark = pytest.mark.anyio


class BusyFanout:
    """Refuses the questions of these numbers, and answers the others."""

    def __init__(self, *refused: int) -> None:
        self.refused = refused
        self.asked = 0

    async def ask(self, rows: Rows, **_: Any) -> Answer:
        self.asked += 1
        if self.asked in self.refused:
            raise Overloaded("too much waits already")
        outcome = Outcome("ok", probabilities=np.tile([0.9, 0.1], (len(rows), 1)))
        return Answer(Merged(len(rows), {"forest": outcome}, ["cat", "dog"]), 0, len(rows))


async def predicted(fanout: BusyFanout, manifest: Manifest, log: dict[str, object] | None = None) -> bytes:
    """The answer to three chunks of rows; `log` takes what its log line says."""
    text = csv_text(io.BytesIO(b"length,color,wet,age\n" + b"1,red,true,2\n" * 3 * CHUNK_ROWS))
    release: Any = SimpleNamespace(id=manifest.id, fanout=fanout, manifest=manifest)
    table = Table(text, manifest, appended_columns(["forest"]))
    request = Request({"type": "http", "state": {"log": {} if log is None else log}})
    note = AnswerNote(request, release)
    prediction = TablePrediction(table, release, ["forest"], 1, UNNAMED, note)
    return b"".join([part async for part in prediction.parts()])


async def test_a_chunk_that_is_refused_waits_for_its_turn(publish: Callable[..., Manifest], store_root: Path) -> None:
    fanout = BusyFanout(2, 3)
    answer = await predicted(fanout, publish(store_root))
    assert answer.count(b"1,red,true,2,cat,0.9,1/1,cat,\n") == 3 * CHUNK_ROWS
    assert fanout.asked == 5


async def test_a_table_whose_first_chunk_is_refused_is_refused(
    publish: Callable[..., Manifest], store_root: Path
) -> None:
    with pytest.raises(Overloaded):
        await predicted(BusyFanout(1), publish(store_root))
