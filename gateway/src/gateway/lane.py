"""One member's lane: the rounds that wait for it, the call under way, and whether more may be asked of it."""

import asyncio
import logging
from collections.abc import Callable

import numpy as np
from serving.engine import Rows
from serving.pace import Pace

from gateway.backend import Backend
from gateway.breaker import Breaker
from gateway.fanout_metrics import FanoutMetrics
from gateway.member import Member
from gateway.outcome import Outcome
from gateway.round import Round

logger = logging.getLogger(__name__)
QUEUE_ROWS = 4096
CALL_ROWS = 2048
OVERDUE = 3  # times what a call is expected to take
ROW_S = 0.001  # which no member is blamed for: what the first long call will take is not known yet
SHARE_OF_TIME = 0.8  # of a question's remaining time that its answer may be expected to take: it may take longer
_NOBODY = Outcome("unavailable", "nobody waits for it any more")
_OPEN = Outcome("circuit_open", "it failed repeatedly and is left alone for a moment")


class Lane:
    """Asks one member, one call at a time. `freed` is called when a call is over.

    `fair_s` is how long it may say nothing before rows that ran out of time count as its failure: after another member
    has answered; before, it is `deadline_s`.
    """

    def __init__(
        self,
        member: Member,
        classes: int,
        fair_s: float,
        deadline_s: float,
        freed: "Callable[[Lane], None]",
        metrics: FanoutMetrics,
        clock: Callable[[], float],
    ) -> None:
        self.name = member.name
        self._member = member
        self._classes = classes
        self._fair_s = fair_s
        self._deadline_s = deadline_s
        self._freed = freed
        self._call_rows = metrics.call_rows.labels(member.name)
        self._call_seconds = metrics.call_seconds.labels(member.name)
        self._clock = clock
        self._breaker = Breaker(clock)
        self._pace = Pace()
        self._queue: list[Round] = []
        self.rows_waiting = 0
        self._asked: list[Round] = []
        self._asked_rows = 0
        self._asked_at = 0.0
        self._heard_at = 0.0
        self._call: asyncio.Task[None] | None = None
        self._well = True

    @property
    def busy(self) -> bool:
        return self._call is not None

    @property
    def idle(self) -> bool:
        """Whether it would be asked at once."""
        return not self.busy and self._member.backend is not None and self._breaker.closed

    @property
    def _overdue(self) -> bool:
        """Whether the call under way takes much longer than it should."""
        expected_s = max(self._pace.seconds(self._asked_rows), self._asked_rows * ROW_S)
        return self.busy and self._clock() - self._asked_at >= OVERDUE * expected_s

    @property
    def left_alone(self) -> bool:
        """Whether it failed repeatedly, and is not asked for a moment."""
        return not self._breaker.closed

    @property
    def waiting(self) -> bool:
        return bool(self._queue)

    @property
    def well(self) -> bool:
        """Whether an answer can be expected from it: its last call had one, and the one under way is not overdue."""
        return self._well and self._member.backend is not None and self._breaker.closed and not self._overdue

    def expected_s(self, rows: int, ahead: int) -> float:
        """How long its answer to `rows` rows will take from now on, when `ahead` rows will be queued before.

        With nothing ahead and no call under way, it does not matter how long a call is expected to take, or one slow
        call would be its last: 0 then.
        """
        ahead += self.rows_waiting
        wait_s = self._pace.seconds(ahead + rows) if ahead or self.busy else 0.0
        if self._asked_rows:
            wait_s += max(0.0, self._asked_at + self._pace.seconds(self._asked_rows) - self._clock())
        return wait_s

    def refusal(self, rows: int, ahead: int, expected_s: float, patience_s: float) -> Outcome | None:
        """Why it takes no further `rows`, whose answer is waited for `patience_s` at most; None where it takes them."""
        if self._member.backend is None:
            return Outcome("unavailable", "no backend is configured for its framework")
        if patience_s <= 0:
            return Outcome("timeout", "no answer in time")
        if self.rows_waiting + ahead + rows > QUEUE_ROWS:
            return Outcome("overloaded", f"more than {QUEUE_ROWS} rows would wait for it")
        if expected_s > patience_s:
            return Outcome("overloaded", f"it would take {expected_s * 1000:.0f} ms to answer, with what waits already")
        return None if self._breaker.admits() else _OPEN

    def enqueue(self, round_: Round) -> None:
        self._queue.append(round_)
        self.rows_waiting += len(round_.rows)

    def dispatch(self) -> bool:
        """Start a call with what waits, unless one is under way; whether one was started."""
        if self.busy:
            return False
        self._drop_unwanted()
        self._asked_at = self._clock()
        self._take()
        if not self._asked:
            return False
        self.rows_waiting -= self._asked_rows
        self._call = asyncio.get_running_loop().create_task(self._ask(tuple(self._asked)))
        self._call.add_done_callback(self._over)
        return True

    def missed(self, round_: Round, rows: int, *, waited_s: float) -> None:
        """Rows of a round ran out of time.

        The member failed if it had a fair time, said nothing in all of it, and is at work on no call that takes long.
        Where nobody has answered, a caller's shorter deadline is not a fair time.
        """
        fair_s = self._fair_s if round_.heard else self._deadline_s
        if waited_s >= fair_s and self._heard_at < round_.began and self._overdue:
            self._fail(rows)

    def recovered(self, backend: Backend) -> None:
        """A backend is ready that was not: where it is this member's, it need not be left alone any longer."""
        if self._member.backend is backend:
            self._breaker.retry()

    def review(self) -> None:
        """Drop what nobody waits for any more."""
        self._drop_unwanted()
        if self._call and not any(each.waits_for(self) for each in self._asked):
            self._call.cancel()

    async def aclose(self) -> None:
        self._queue.clear()
        if self._call:
            self._call.cancel()
            await asyncio.gather(self._call, return_exceptions=True)

    async def _ask(self, rounds: tuple[Round, ...]) -> None:
        wanted = [each.wanted() for each in rounds]
        parts = [each.rows if mask is None else each.rows[mask] for each, mask in zip(rounds, wanted, strict=True)]
        rows = parts[0] if len(parts) == 1 else np.concatenate(parts)
        try:
            outcome = await self._outcome(rounds, rows) if len(rows) else _NOBODY
        finally:
            self._free()  # the next step begins after this turn of the loop, when the rounds have their answers
        start = 0
        for each, part, mask in zip(rounds, parts, wanted, strict=True):
            own = outcome.part(start, start + len(part))
            each.receive(self, own if mask is None else own.spread(mask))
            start += len(part)
        if outcome.fault:
            self._fail(start)

    def _take(self) -> None:
        """Move from the queue into the next call what it answers in time, the oldest first.

        All rows of a call are answered when it ends. Rows that would make it too long for those before them, or that it
        would not answer in time itself, are left; unless there are no others.
        """
        due = float("inf")
        left = []
        for round_ in self._queue:
            rows = self._asked_rows + len(round_.rows)
            end = self._asked_at + self._pace.seconds(rows)
            if end > min(due, round_.due) or (self._asked and rows > CALL_ROWS):
                left.append(round_)
                continue
            due = min(due, round_.due)
            self._asked.append(round_)
            self._asked_rows = rows
        if left and not self._asked:
            self._asked.append(left.pop())  # the newest, which is waited for the longest
            self._asked_rows = len(self._asked[0].rows)
        self._queue = left

    def _over(self, call: "asyncio.Task[None]") -> None:
        """A call has ended; one that was cancelled before it began has not freed the member itself."""
        if self._call is call:
            self._free()

    def _free(self) -> None:
        self._call = None
        self._asked.clear()
        self._asked_rows = 0
        self._freed(self)

    async def _outcome(self, rounds: tuple[Round, ...], rows: Rows) -> Outcome:
        left_s = max(each.give_up for each in rounds) - self._clock()
        request_ids = [request_id for each in rounds for request_id in each.request_ids]
        assert self._member.backend  # noqa: S101 - for the type checker; a lane without one refuses
        try:  # without a time limit: when the last round's time is up, it has the call cancelled
            outcome = await self._member.backend.infer(self._member, rows, self._classes, left_s, request_ids)
        except asyncio.CancelledError:  # it took too long, or its callers are gone
            took_s = self._clock() - self._asked_at
            if took_s > self._pace.seconds(len(rows)):
                self._pace.learn(len(rows), took_s)
            raise
        except Exception as error:
            logger.exception("asking a member failed", extra={"member": self.name})
            return Outcome("error", f"asking it failed: {type(error).__name__}", fault=True)
        finally:
            self._call_rows.observe(len(rows))
            self._call_seconds.observe(self._clock() - self._asked_at)
        self._heard_at = self._clock()
        self._well = outcome.status == "ok"
        if self._well:
            self._breaker.succeeded()
            self._pace.learn(len(rows), self._heard_at - self._asked_at)
        return outcome

    def _fail(self, rows: int) -> None:
        """Count a failure. Who waits for a member that is now left alone need not wait longer."""
        self._breaker.failed(rows)
        if self._breaker.closed:
            return
        waiting, self._queue, self.rows_waiting = [*self._asked, *self._queue], [], 0
        for each in waiting:
            each.receive(self, _OPEN)
        self.review()

    def _drop_unwanted(self) -> None:
        self._queue = [each for each in self._queue if each.waits_for(self)]
        self.rows_waiting = sum(len(each.rows) for each in self._queue)
