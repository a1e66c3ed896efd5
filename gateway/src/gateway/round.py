"""A round: rows that are asked of the same members at the same time, and answered together."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from serving.batcher import Question
from serving.origin import UNNAMED, Origin

from gateway.merge import Merged
from gateway.outcome import Outcome
from gateway.tally import Tally

if TYPE_CHECKING:
    from gateway.lane import Lane

logger = logging.getLogger(__name__)
TICK_S = 0.001  # uvloop's timers count milliseconds, and may be early by one


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's part of a round: `rows` rows of `merged` from `start` on."""

    merged: Merged
    start: int
    rows: int

    def votes(self, min_models: int) -> list[dict[str, Any]]:
        """A `Vote` for each row. Raises TooFewAnswers where fewer than `min_models` of those asked answered."""
        least = min(min_models, len(self.merged.outcomes))
        return list(self.merged.votes(self.start, self.start + self.rows, least))

    def outcome(self, member: str) -> Outcome:
        """What a member said to these rows."""
        return self.merged.outcomes[member].part(self.start, self.start + self.rows)

    @property
    def statuses(self) -> Mapping[str, str]:
        """What came of each member: its status, or `ok,error` where it failed on some of the rows only."""
        if not self.merged.has_row_errors:
            return self.merged.statuses
        return {name: self.outcome(name).summary for name in self.merged.outcomes}


@dataclass(eq=False, slots=True, kw_only=True)
class MemberQuestion(Question[Answer]):
    """A question to these members, until `give_up`, in seconds of the clock, or `grace_s` after the first answer."""

    give_up: float
    lanes: "tuple[Lane, ...]"
    grace_s: float
    origin: Origin = UNNAMED
    round: "Round | None" = None


class Round:
    """Ends when all members have answered; for each question at its deadline, or its grace after the first answer.

    Who has not answered by then is `timeout`. `refused` are the members that are not asked at all, and why.
    """

    def __init__(
        self,
        questions: Sequence[MemberQuestion],
        refused: "Mapping[Lane, Outcome]",
        classes: Sequence[str],
        clock: Callable[[], float],
        tally: Tally,
    ) -> None:
        self.questions = questions
        self._tally = tally
        self._synthetic = questions[0].origin.synthetic
        self.rows = questions[0].rows if len(questions) == 1 else np.concatenate([each.rows for each in questions])
        self.waiting_for = [lane for lane in questions[0].lanes if lane not in refused]
        self._outcomes = {lane.name: refused.get(lane) for lane in questions[0].lanes}
        self._classes = classes
        self._first_answer_at = float("inf")
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None
        self.due = float("inf")  # when the first of its questions that still wait will not wait any longer
        self.began = self._clock()
        for question in questions:
            question.round = self
        if self.waiting_for:
            self._set_timer()
        else:
            self._answer(self.questions)

    @property
    def request_ids(self) -> list[str]:
        """Of the requests that wait for it."""
        return [each.origin.request_id for each in self.questions if each.origin.request_id and each.waits]

    @property
    def heard(self) -> bool:
        """Whether a member has answered."""
        return self._first_answer_at < float("inf")

    @property
    def waits(self) -> bool:
        return any(question.waits for question in self.questions)

    def waits_for(self, lane: "Lane") -> bool:
        return lane in self.waiting_for and self.waits

    def wanted(self) -> NDArray[np.bool_] | None:
        """(rows,): which rows somebody waits for; None for all of them."""
        waits = [question.waits for question in self.questions]
        return None if all(waits) else self._mask(waits)

    @property
    def give_up(self) -> float:
        """When the last of its questions gives up."""
        return max(question.give_up for question in self.questions)

    def receive(self, lane: "Lane", outcome: Outcome) -> None:
        """A member's outcome for all rows of the round."""
        if lane not in self.waiting_for:
            return
        self.waiting_for.remove(lane)
        self._outcomes[lane.name] = outcome
        if not self.waiting_for:
            self._cancel_timer()
            self._answer(self.questions)
        elif outcome.status == "ok" and not self.heard and self.waits:
            self._first_answer_at = self._clock()
            self._set_timer()

    def review(self) -> None:
        """A caller went away: where it was the last one, the members need not answer any more."""
        if not self.waits:
            self._cancel_timer()
            for lane in self.waiting_for:
                lane.review()

    def _set_timer(self) -> None:
        self._cancel_timer()
        self.due = min(self._due(question) for question in self.questions if question.waits)
        delay = max(TICK_S, self.due - self._clock())
        self._timer = asyncio.get_running_loop().call_later(delay, self._time_out)

    def _due(self, question: MemberQuestion) -> float:
        return min(question.give_up, self._first_answer_at + question.grace_s)

    def _time_out(self) -> None:
        now = self._clock()
        due = [question for question in self.questions if question.waits and now >= self._due(question)]
        if due:
            self._answer(due)
            rows = sum(len(question.rows) for question in due)
            for lane in tuple(self.waiting_for):
                lane.missed(self, rows, waited_s=now - self.began)
        if self.waits:
            self._set_timer()
        self.review()

    def _answer(self, questions: Sequence[MemberQuestion]) -> None:
        if not self.waits:
            return
        late = Outcome("timeout", "no answer in time")
        outcomes = {name: outcome or late for name, outcome in self._outcomes.items()}
        merged = Merged(len(self.rows), outcomes, self._classes, began=self.began, answered_at=self._clock())
        start = 0
        wanted = set(questions) if len(questions) < len(self.questions) else None
        answered = []
        for question in self.questions:
            rows = len(question.rows)
            waits = question.waits and (wanted is None or question in wanted)
            if waits:
                question.answer.set_result(Answer(merged, start, rows))
            answered.append(waits)
            start += rows
        try:
            self._tally.add(
                self.rows, merged, None if all(answered) else self._mask(answered), synthetic=self._synthetic
            )
        except Exception:
            logger.exception("rows were not counted")  # which keeps no other round from its answers

    def _mask(self, questions: Sequence[bool]) -> NDArray[np.bool_]:
        """(rows,), from one truth for each question."""
        return np.repeat(questions, [len(each.rows) for each in self.questions])

    def _cancel_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
