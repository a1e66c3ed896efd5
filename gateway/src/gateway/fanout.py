"""Asking many members about many rows at once: rounds, in step with each other.

What arrives while a round is out leaves together, as the next one (`Batcher`). A round goes to all members that are
free; for a member that is still out, rows wait in its lane and go to it, merged, with the first round that finds it
free. Healthy members stay in step and answer large rounds together; one that is late holds the next round up for
`STEP_S`, and then only what waits for its own answer.

`Fanout` makes rounds and queues them in lanes; a `Lane` asks its member and hands the outcome to its rounds; a `Round`
answers its questions, and tells its lanes what they missed.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import inf

from serving.batcher import Batcher
from serving.engine import Rows
from serving.origin import UNNAMED, Origin

from gateway.backend import Backend
from gateway.fanout_metrics import FanoutMetrics
from gateway.lane import SHARE_OF_TIME, Lane
from gateway.member import Member
from gateway.outcome import Outcome
from gateway.round import Answer, MemberQuestion, Round
from gateway.tally import Tally

STEP_S = 0.01  # how long a step waits for a first answer, and from then on for the others
MUCH = 2  # times the grace, since what is expected is not certain, and a healthy member's rows must not be refused
ROUND_ROWS = 2048
MOST_ROWS = 2**17  # that wait for a step: more than admission lets in, so that a member's own limit is what refuses


class Fanout:
    """The members of one release, asked together.

    `straggler_grace_s` is how long an answer waits for a late member, `deadline_s` how long one waits in all, unless it
    says otherwise.
    """

    def __init__(
        self,
        members: Sequence[Member],
        classes: Sequence[str],
        straggler_grace_s: float,
        deadline_s: float,
        metrics: FanoutMetrics,
        tally: Tally,
        clock: Callable[[], float] = time.monotonic,
        lane: Callable[..., Lane] = Lane,
    ) -> None:
        self._classes = classes
        self._metrics = metrics
        self._tally = tally
        self._grace_s = straggler_grace_s
        self._clock = clock
        self.lanes = {
            member.name: lane(member, len(classes), straggler_grace_s, deadline_s, self._freed, metrics, clock)
            for member in members
        }
        self._batcher: Batcher[MemberQuestion] = Batcher(self._step, call_rows=MOST_ROWS, queue_rows=MOST_ROWS)
        self._in_step: set[Lane] = set()
        self._stepped: asyncio.Future[None] | None = None
        self._heard = False  # a member has answered in this step
        self._timer: asyncio.TimerHandle | None = None

    async def ask(
        self,
        rows: Rows,
        *,
        give_up: float,
        models: Sequence[str] | None = None,
        origin: Origin = UNNAMED,
        grace_s: float = 0.0,
    ) -> Answer:
        """What the members of these names, or all, say to rows of the shape (rows, features), by `give_up`.

        `give_up` is in seconds of the clock. `grace_s` is how long this answer waits for a late member, where
        that is longer than others do. Raises Overloaded.
        """
        lanes = tuple(self.lanes.values() if models is None else (self.lanes[name] for name in models))
        grace_s = max(self._grace_s, grace_s)
        question = MemberQuestion(
            rows, asked_at=self._clock(), give_up=give_up, lanes=lanes, grace_s=grace_s, origin=origin
        )
        self._batcher.submit(question)
        if self._stepped and self._in_step.isdisjoint(lanes) and any(lane.idle for lane in lanes):
            self._end_step()  # it waits for others than this question does
        try:
            return await question.answer
        except asyncio.CancelledError:
            if question.round:
                question.round.review()
            raise
        finally:
            question.round = None  # a cycle, which would keep the rows and their answers until the next collection

    def recovered(self, backend: Backend) -> None:
        """A backend is ready that was not."""
        for lane in self.lanes.values():
            lane.recovered(backend)

    async def aclose(self) -> None:
        await self._batcher.aclose()
        for lane in self.lanes.values():
            await lane.aclose()

    async def _step(self, questions: list[MemberQuestion]) -> None:
        """One step: the questions become rounds, the members that are free are asked, most of them answer."""
        if questions:
            self._metrics.rows.observe(sum(len(question.rows) for question in questions))
            self._metrics.wait.observe(self._clock() - questions[0].asked_at)
        for group, refused in self._admitted(questions):
            round_ = Round(group, refused, self._classes, self._clock, self._tally)
            for lane in round_.waiting_for:
                lane.enqueue(round_)
        self._in_step = {lane for lane in self.lanes.values() if lane.dispatch()}
        if not self._in_step and not any(lane.busy for lane in self.lanes.values()):
            return
        self._heard = False
        self._stepped = asyncio.get_running_loop().create_future()
        self._set_timer()
        try:
            await self._stepped
        finally:
            self._stepped = None
            if self._timer:
                self._timer.cancel()
        if any(lane.waiting and not lane.busy for lane in self.lanes.values()):
            self._batcher.wake()

    def _admitted(
        self, questions: Sequence[MemberQuestion]
    ) -> Iterator[tuple[list[MemberQuestion], dict[Lane, Outcome]]]:
        """The questions, in groups of one round each: by whom they ask, by who takes them, and of so many rows.

        Synthetic ones are in rounds of their own.

        With each group comes who refuses it, and why.
        """
        groups: dict[tuple[object, ...], tuple[list[MemberQuestion], dict[Lane, Outcome]]] = {}
        grouped: Counter[tuple[object, ...]] = Counter()
        ahead = dict.fromkeys(self.lanes.values(), 0)
        well = {lane for lane in ahead if lane.well}
        now = self._clock()
        for question in questions:
            rows = len(question.rows)
            expected = {lane: lane.expected_s(rows, ahead[lane]) for lane in question.lanes}
            first_s = min((expected[lane] for lane in question.lanes if lane in well), default=inf)
            # Nobody waits longer than the grace after the first answer: who is expected much later need not begin.
            patience_s = min((question.give_up - now) * SHARE_OF_TIME, first_s + MUCH * question.grace_s)
            refused = {}
            for lane, expected_s in expected.items():
                if refusal := lane.refusal(rows, ahead[lane], expected_s, patience_s):
                    refused[lane] = refusal
                else:
                    ahead[lane] += rows
            refusals = tuple((lane, refusal.status) for lane, refusal in refused.items())
            key = question.origin.synthetic, question.lanes, refusals
            grouped[key] += rows
            groups.setdefault((key, grouped[key] // ROUND_ROWS), ([], refused))[0].append(question)
        yield from groups.values()

    def _freed(self, lane: Lane) -> None:
        """A member's call is over."""
        if self._stepped is None:
            if lane.waiting:
                self._batcher.wake()
            return
        was_in_step = lane in self._in_step
        self._in_step.discard(lane)
        if not self._in_step:
            self._end_step()
        elif was_in_step and not self._heard:
            self._heard = True
            self._set_timer()

    def _set_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(STEP_S, self._end_step)

    def _end_step(self) -> None:
        if self._stepped and not self._stepped.done():
            self._stepped.set_result(None)
