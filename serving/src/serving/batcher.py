"""Batch while busy: what arrives while a call is under way leaves together, as the next call.

A lone question leaves at once. There is no timer and no polling: under load, batches grow to what the calls take.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from serving.engine import Rows
from serving.errors import Overloaded
from serving.tracing import CURRENT_SPAN

if TYPE_CHECKING:
    from opentelemetry.trace import Span

logger = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(eq=False, slots=True)
class Question(Generic[T]):
    """Rows of the shape (rows, features) that wait for an answer.

    Whoever answers checks `waits` first: the caller may have gone away, or ran out of time, meanwhile. `asked_at` is in
    seconds of the monotonic clock.
    """

    rows: Rows
    asked_at: float = field(default_factory=time.monotonic, kw_only=True)
    answer: "asyncio.Future[T]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    span: "Span | None" = field(default_factory=CURRENT_SPAN.get)  # of the request that asks

    @property
    def waits(self) -> bool:
        return not self.answer.done()


Q = TypeVar("Q", bound=Question)  # type: ignore[type-arg]  # whatever its answer is


class Batcher(Generic[Q]):
    """Collects questions for `call`, which answers each of those that it is given, by its `answer`.

    A call takes at most `call_rows` rows, or one question that has more. Where `queue_rows` rows wait already, a
    further question is refused. A question that no longer waits is dropped before the call.
    """

    def __init__(self, call: Callable[[list[Q]], Awaitable[None]], *, call_rows: int, queue_rows: int) -> None:
        self._call = call
        self._call_rows = call_rows
        self._queue_rows = queue_rows
        self._queue: list[Q] = []
        self.rows_waiting = 0
        self._woken = False
        self._runner: asyncio.Task[None] | None = None

    def submit(self, question: Q) -> None:
        """Have it asked. Raises Overloaded."""
        rows = len(question.rows)
        if self._queue and self.rows_waiting + rows > self._queue_rows:
            self._queue = [other for other in self._queue if other.waits]
            self.rows_waiting = sum(len(other.rows) for other in self._queue)
            if self._queue and self.rows_waiting + rows > self._queue_rows:
                raise Overloaded(f"{self.rows_waiting} rows are waiting already: ask again in a moment")
        self._queue.append(question)
        self.rows_waiting += rows
        self._start()

    def wake(self) -> None:
        """Have the call made once more, even if no question waits."""
        self._woken = True
        self._start()

    async def aclose(self) -> None:
        """Cancel the call under way and whatever waits."""
        if self._runner:
            self._runner.cancel()
            await asyncio.gather(self._runner, return_exceptions=True)
        for question in self._queue:
            question.answer.cancel()

    def _start(self) -> None:
        if self._runner is None:
            self._runner = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            while self._queue or self._woken:
                self._woken = False
                batch = self._take()
                try:
                    await self._call(batch)
                except asyncio.CancelledError:
                    for question in batch:
                        question.answer.cancel()
                    raise
                except Exception as error:  # a bug in the call: its callers are told, the next go on
                    logger.exception("a call failed")
                    for question in batch:
                        if question.waits:
                            question.answer.set_exception(error)
        finally:
            self._runner = None

    def _take(self) -> list[Q]:
        """The questions of the next call, first come, first served."""
        rows = taken = 0
        for question in self._queue:
            if taken and rows + len(question.rows) > self._call_rows:
                break
            rows += len(question.rows)
            taken += 1
        batch, self._queue = self._queue[:taken], self._queue[taken:]
        self.rows_waiting -= rows
        return [question for question in batch if question.waits]
