"""An engine that many callers share: what arrives while it computes is computed together next."""

import time

import numpy as np

from serving.batcher import Batcher, Question
from serving.bisection import bisect
from serving.body import BULK_ROWS
from serving.engine import Probabilities, Rows, probabilities
from serving.engine_metrics import EngineMetrics
from serving.engine_thread import EngineThread
from serving.loader import LoadedModel
from serving.pace import Pace
from serving.protocol.repository import Inference

INLINE_S = 0.001  # a call expected to be shorter runs on the event loop: handing it to the thread would take as long
INLINE_ROWS = 256  # nor is a longer one computed there: from calls of one row, what a row costs cannot be known
CALL_ROWS = 4096


class BatchedEngine:
    """One engine, in front of which calls wait while it computes."""

    def __init__(self, model: LoadedModel, thread: EngineThread, metrics: EngineMetrics) -> None:
        self._engine = model.engine
        self._classes = len(model.spec.classes)
        self._thread = thread
        self._rows, self._seconds, self._wait = (
            each.labels(model.spec.name) for each in (metrics.rows, metrics.seconds, metrics.wait)
        )
        self._pace = Pace()
        self._batcher: Batcher[Question[Inference]] = Batcher(
            self._compute, call_rows=CALL_ROWS, queue_rows=2 * BULK_ROWS
        )

    async def infer(self, rows: Rows) -> Inference:
        """Probabilities for rows of the shape (rows, features); a row that makes the engine fail is named.

        Raises Overloaded. A caller that is cancelled takes its rows back, unless they are being computed.
        """
        question: Question[Inference] = Question(rows)
        self._batcher.submit(question)
        return await question.answer

    async def _compute(self, questions: list[Question[Inference]]) -> None:
        if not questions:
            return
        self._wait.observe(time.monotonic() - questions[0].asked_at)
        rows = questions[0].rows if len(questions) == 1 else np.concatenate([each.rows for each in questions])
        answer, row_errors = await bisect(self._ask, rows, self._classes)
        start = 0
        for question in questions:
            stop = start + len(question.rows)
            errors = {row - start: why for row, why in row_errors.items() if start <= row < stop}
            if question.waits:
                question.answer.set_result(Inference(answer[start:stop], errors))
            start = stop

    async def _ask(self, rows: Rows) -> Probabilities:
        if self._pace.known and len(rows) <= INLINE_ROWS and self._pace.seconds(len(rows)) < INLINE_S:
            return self._timed(rows)
        return await self._thread.run(lambda: self._timed(rows))

    def _timed(self, rows: Rows) -> Probabilities:
        start = time.perf_counter()
        try:
            return probabilities(self._engine, rows, self._classes)
        finally:
            seconds = time.perf_counter() - start
            self._pace.learn(len(rows), seconds)
            self._rows.observe(len(rows))
            self._seconds.observe(seconds)
