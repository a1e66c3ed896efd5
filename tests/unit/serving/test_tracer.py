"""Whose trace a span belongs to, and what becomes of it when it has ended."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import Span, SpanKind
from serving.otlp import REPORT_S, ReportingExporter
from serving.tracer import CLOSE_S, MOST_LINKS, Tracer, parent_of, trace_headers

from tests.collector_stub import Collector
from tests.kept_spans import KeptSpans, attributes, ids, links, parent

pytestmark = pytest.mark.anyio
TRACE = "0af7651916cd43dd8448eb211c80319c"
SAMPLED = f"00-{TRACE}-b7ad6b7169203331-01"
UNSAMPLED = f"00-{TRACE}-b7ad6b7169203331-00"


def scope(**headers: str) -> dict[str, list[tuple[bytes, bytes]]]:
    return {"headers": [(name.encode(), value.encode()) for name, value in headers.items()]}


def request(tracer: Tracer, **headers: str) -> Span:
    return tracer.start("request", SpanKind.SERVER, parent_of(scope(**headers)))


@pytest.fixture
def kept() -> KeptSpans:
    return KeptSpans()


class TestASpanOfWorkForMany:
    @staticmethod
    def work(kept: KeptSpans, *askers: Span | None) -> ReadableSpan:
        span = kept.tracer.start_for(askers, "work", SpanKind.INTERNAL, {})
        assert span
        span.end()
        return kept.only("work")

    def test_is_in_the_trace_of_the_first_and_linked_to_the_others(self, kept: KeptSpans) -> None:
        askers = [request(kept.tracer) for _ in range(3)]
        work = self.work(kept, *askers)
        for asker in askers:
            asker.end()
        first, *others = [ids(span) for span in kept.ended if span.name == "request"]
        assert parent(work) == first
        assert links(work) == others
        assert attributes(work) == {"triptych.requests": 3}

    def test_passes_over_those_that_are_not_sampled_and_those_without_a_span(self, kept: KeptSpans) -> None:
        sampled = request(kept.tracer)
        work = self.work(kept, None, request(kept.tracer, traceparent=UNSAMPLED), sampled)
        assert parent(work) == (sampled.get_span_context().trace_id, sampled.get_span_context().span_id)
        assert links(work) == []

    def test_has_one_link_for_a_request_that_asks_twice(self, kept: KeptSpans) -> None:
        first, second = request(kept.tracer), request(kept.tracer)
        assert len(links(self.work(kept, first, second, first, second))) == 1

    def test_has_no_more_links_than_are_kept(self, kept: KeptSpans) -> None:
        work = self.work(kept, *(request(kept.tracer) for _ in range(MOST_LINKS + 50)))
        assert len(links(work)) == MOST_LINKS
        assert work.dropped_links == 0

    def test_is_not_sampled_where_nobody_that_asks_is(self, kept: KeptSpans) -> None:
        span = kept.tracer.start_for([request(kept.tracer, traceparent=UNSAMPLED)], "work", SpanKind.INTERNAL, {})
        assert span
        span.end()
        assert kept.ended == []
        assert trace_headers(span)["traceparent"].startswith(f"00-{TRACE}-")
        assert trace_headers(span)["traceparent"].endswith("-00")

    def test_is_none_where_nobody_that_asks_has_a_span(self, kept: KeptSpans) -> None:
        assert kept.tracer.start_for([None], "work", SpanKind.INTERNAL, {}) is None


class TestTheParentThatHeadersName:
    def test_is_taken_with_its_state(self, kept: KeptSpans) -> None:
        span = request(kept.tracer, traceparent=SAMPLED, tracestate="theirs=1")
        assert trace_headers(span)["traceparent"].split("-")[1] == TRACE
        assert trace_headers(span)["tracestate"] == "theirs=1"

    @pytest.mark.parametrize(
        "traceparent",
        [
            "",
            "00",
            SAMPLED.upper(),
            f"{SAMPLED}-more",
            SAMPLED.replace(TRACE, "0" * 32),
            SAMPLED.replace("b7ad6b7169203331", "0" * 16),
            SAMPLED.replace("00-", "ff-", 1),
            SAMPLED + "é",
            "x" * 10_000,
        ],
    )
    def test_is_passed_over_where_it_is_not_well_formed(self, kept: KeptSpans, traceparent: str) -> None:
        request(kept.tracer, traceparent=traceparent, tracestate="theirs=1").end()
        assert kept.only("request").parent is None


def test_the_sampler_decides_about_a_trace_whose_id_was_given(kept: KeptSpans) -> None:
    kept.tracer.start("request", SpanKind.SERVER, trace_id=int(TRACE, 16)).end()
    kept.tracer.start("next", SpanKind.SERVER).end()
    assert ids(kept.only("request"))[0] == int(TRACE, 16)
    assert ids(kept.only("next"))[0] != int(TRACE, 16)


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector(0) as collector:
        thread = threading.Thread(target=collector.serve_forever)
        thread.start()
        yield collector
        collector.shutdown()
        thread.join()


async def test_what_waits_is_sent_when_the_service_ends(collector: Collector) -> None:
    tracer = Tracer.to(f"http://127.0.0.1:{collector.server_port}/", "ours")
    tracer.start("mine", SpanKind.SERVER).end()
    tracer.of("another").start("its", SpanKind.SERVER).end()
    await tracer.aclose()
    assert {(span["service"], span["name"]) for span in collector.spans} == {("ours", "mine"), ("another", "its")}


async def test_a_collector_that_hangs_holds_the_end_up_for_a_bounded_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        tracer = Tracer.to(f"http://127.0.0.1:{silent.getsockname()[1]}", "ours")
        tracer.start("mine", SpanKind.SERVER).end()
        began = time.monotonic()
        closing = asyncio.create_task(tracer.aclose())
        await asyncio.sleep(0)  # and the loop is free meanwhile
        assert time.monotonic() - began < CLOSE_S / 2
        await closing
        assert time.monotonic() - began < CLOSE_S + 2


class Failing(SpanExporter):
    def export(self, spans: object) -> SpanExportResult:
        return SpanExportResult.FAILURE


def test_what_could_not_be_sent_is_counted_in_one_line_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    times = [0.0, 1.0, REPORT_S - 1, REPORT_S, REPORT_S + 1]
    exporter = ReportingExporter(Failing(), "http://user:password@collector:4318", clock=iter(times).__next__)
    for _ in times:
        exporter.export([ReadableSpan("lost")] * 10)
    lines = [vars(record) for record in caplog.records if record.name == "serving.otlp"]
    assert [line["lost"] for line in lines] == [10, 30]
    assert {line["endpoint"] for line in lines} == {"collector:4318"}
