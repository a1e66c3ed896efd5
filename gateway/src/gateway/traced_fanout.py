"""Asking many members, with a span for each call, and with word in each request's own span of who gave it no answer."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from opentelemetry.trace import Span, SpanKind
from opentelemetry.util.types import AttributeValue
from serving.engine import Rows
from serving.tracer import Tracer, fail
from serving.tracing import CURRENT_SPAN

from gateway.fanout import Fanout
from gateway.fanout_metrics import FanoutMetrics
from gateway.lane import Lane
from gateway.member import Member
from gateway.outcome import Outcome
from gateway.round import Answer, Round
from gateway.tally import Tally


class TracedFanout(Fanout):
    """The members of one release, asked together."""

    def __init__(
        self,
        tracer: Tracer,
        members: Sequence[Member],
        classes: Sequence[str],
        straggler_grace_s: float,
        deadline_s: float,
        metrics: FanoutMetrics,
        tally: Tally,
    ) -> None:
        lane = partial(TracedLane, tracer)
        super().__init__(members, classes, straggler_grace_s, deadline_s, metrics, tally, lane=lane)
        self._release = next((member.version for member in members if member.version), "")

    async def ask(self, rows: Rows, **options: Any) -> Answer:
        span = CURRENT_SPAN.get()
        if span:
            span.set_attribute("triptych.release", self._release)
        answer = await super().ask(rows, **options)
        if span:
            _tell(span, answer)
        return answer


class TracedLane(Lane):
    """Its calls are made with their span as the current one, which the transport tells the member."""

    def __init__(self, tracer: Tracer, member: Member, *arguments: Any) -> None:
        super().__init__(member, *arguments)
        self._tracer = tracer

    async def _outcome(self, rounds: tuple[Round, ...], rows: Rows) -> Outcome:
        askers = (question.span for each in rounds for question in each.questions if question.waits)
        attributes: dict[str, AttributeValue] = {"triptych.model": self.name, "triptych.rows": len(rows)}
        span = self._tracer.start_for(askers, f"ask {self.name}", SpanKind.CLIENT, attributes)
        CURRENT_SPAN.set(span)  # in the context of this call's own task
        if span is None:
            return await super()._outcome(rounds, rows)
        outcome = None
        try:
            outcome = await super()._outcome(rounds, rows)
            return outcome
        finally:
            _end(span, outcome)


def _tell(span: Span, answer: Answer) -> None:
    """Who gave no answer to some of the rows, and why."""
    asked = slice(answer.start, answer.start + answer.rows)
    for (name, outcome), answered in zip(answer.merged.outcomes.items(), answer.merged.answered, strict=True):
        if not answered[asked].all():
            span.set_attribute("triptych.partial", True)
            why = outcome.status if outcome.status != "ok" else "rows_failed"
            span.add_event("no answer", {"triptych.model": name, "triptych.outcome": why})


def _end(span: Span, outcome: Outcome | None) -> None:
    """None is the outcome of a call that was cancelled, since nobody waited for it any more."""
    status = outcome.status if outcome else "cancelled"
    span.set_attribute("triptych.outcome", status)
    if outcome and outcome.engine:
        span.set_attribute("triptych.engine", outcome.engine)
    if outcome and outcome.version:
        span.set_attribute("triptych.release", outcome.version)
    if status != "ok":
        fail(span, status)
    span.end()
