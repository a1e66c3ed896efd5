"""A call to a member has a span, and a request's own span says who gave it no answer."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
from gateway.fanout_metrics import FanoutMetrics
from gateway.member import Member
from gateway.outcome import Outcome
from gateway.round import Answer
from gateway.tally import Tally
from gateway.traced_fanout import TracedFanout
from opentelemetry.trace import Span, SpanKind, StatusCode
from prometheus_client import CollectorRegistry
from serving.tracing import CURRENT_SPAN

from tests.kept_spans import KeptSpans, attributes, links, parent
from tests.unit.gateway.fake_members import CLASSES, DEADLINE_S, GRACE_S, FakeBackend, now

pytestmark = pytest.mark.anyio


class Asked:
    """A fan-out over two members, asked by requests with spans."""

    def __init__(self) -> None:
        self.kept = KeptSpans()
        self.quick, self.other = FakeBackend(), FakeBackend()
        self.seen: list[Span | None] = []
        backends: dict[str, Any] = {"quick": self.quick, "other": self.other}
        members = [Member(name, backend, version="release-1") for name, backend in backends.items()]
        metrics, tally = FanoutMetrics(CollectorRegistry()), Tally((), len(CLASSES), ())
        self.fanout = TracedFanout(self.kept.tracer, members, CLASSES, GRACE_S, DEADLINE_S, metrics, tally)

    async def ask(self, name: str, *, rows: int = 1, models: list[str] | None = None) -> Answer:
        """By a request whose span has that name."""
        span = self.kept.tracer.start(name, SpanKind.SERVER)
        CURRENT_SPAN.set(span)
        try:
            return await self.fanout.ask(np.full((rows, 1), 0.5), give_up=now() + DEADLINE_S, models=models)
        finally:
            span.end()


@pytest.fixture
async def asked() -> AsyncIterator[Asked]:
    asked = Asked()
    yield asked
    await asked.fanout.aclose()


async def test_each_call_is_a_span_below_the_request_that_asks(asked: Asked) -> None:
    await asked.ask("request", rows=2)
    request, call = asked.kept.only("request"), asked.kept.only("ask quick")
    context = request.get_span_context()
    assert context
    assert parent(call) == (context.trace_id, context.span_id)
    assert call.kind == SpanKind.CLIENT
    assert attributes(call) == {
        "triptych.model": "quick",
        "triptych.outcome": "ok",
        "triptych.requests": 1,
        "triptych.rows": 2,
    }
    assert attributes(request) == {"triptych.release": "release-1"}
    assert request.events == ()


async def test_a_call_for_many_requests_is_below_the_first_and_linked_to_the_others(asked: Asked) -> None:
    asked.quick.delay_s = 0.05
    first = asyncio.create_task(asked.ask("first", models=["quick"]))
    async with asyncio.timeout(5):
        while not asked.quick.calls:
            await asyncio.sleep(0.001)
    await asyncio.gather(first, *(asked.ask(name, models=["quick"]) for name in ("second", "third")))
    _, merged = (span for span in asked.kept.ended if span.name == "ask quick")
    second, third = (asked.kept.only(name).get_span_context() for name in ("second", "third"))
    assert second
    assert third
    assert parent(merged) == (second.trace_id, second.span_id)
    assert links(merged) == [(third.trace_id, third.span_id)]
    assert attributes(merged)["triptych.requests"] == 2


async def test_a_member_that_fails_is_told_in_both_spans_without_its_words(asked: Asked) -> None:
    asked.other.broken = Outcome("unavailable", "what the caller sent", fault=True)
    await asked.ask("request")
    call, request = asked.kept.only("ask other"), asked.kept.only("request")
    assert call.status.status_code is StatusCode.ERROR
    assert call.status.description is None
    assert attributes(call)["triptych.outcome"] == "unavailable"
    assert attributes(request)["triptych.partial"] is True
    told = [(event.name, dict(event.attributes or {})) for event in request.events]
    assert told == [("no answer", {"triptych.model": "other", "triptych.outcome": "unavailable"})]
    assert asked.kept.only("ask quick").status.status_code is StatusCode.UNSET


async def test_a_member_that_fails_on_rows_is_told_in_the_span_of_the_request_whose_they_are(asked: Asked) -> None:
    probabilities = np.array([[np.nan, np.nan]])
    asked.other.broken = Outcome("ok", probabilities=probabilities, row_errors={0: "no"})
    await asked.ask("request")
    [event] = asked.kept.only("request").events
    assert dict(event.attributes or {}) == {"triptych.model": "other", "triptych.outcome": "rows_failed"}


async def test_a_late_member_is_told_and_its_call_ends_as_cancelled(asked: Asked) -> None:
    asked.other.delay_s = 5
    await asked.ask("request")
    [event] = asked.kept.only("request").events
    assert dict(event.attributes or {}) == {"triptych.model": "other", "triptych.outcome": "timeout"}
    async with asyncio.timeout(5):
        while not asked.other.cancelled:
            await asyncio.sleep(0.001)
    await asyncio.sleep(0)
    call = asked.kept.only("ask other")
    assert attributes(call)["triptych.outcome"] == "cancelled"
    assert call.status.status_code is StatusCode.ERROR
