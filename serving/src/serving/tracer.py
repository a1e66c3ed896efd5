"""Starting spans, and sending them when they have ended. Source: OpenTelemetry's specification of tracing."""

import asyncio
import threading
from collections.abc import Iterable, Mapping

from opentelemetry.context import Context
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.util.types import AttributeValue
from starlette.types import Scope

from serving.otlp import exporter_to

CLOSE_S = 3.0  # that a process that ends waits for its last spans to be sent
MOST_LINKS = 128  # as many as the SDK keeps, unless it is told otherwise
_W3C = TraceContextTextMapPropagator()
_W3C_HEADERS = frozenset(name.encode() for name in _W3C.fields)


class _TraceIds(RandomIdGenerator):
    """Random ids; but a trace's is the one that was `given`, if one was."""

    given: int | None = None

    def generate_trace_id(self) -> int:
        return self.given or super().generate_trace_id()


class Tracer:
    """Spans of one service. What becomes of those that ended, the processor knows."""

    def __init__(self, resource: Resource, processor: SpanProcessor) -> None:
        self._ids = _TraceIds()
        self._processor = processor
        self._provider = TracerProvider(resource=resource, id_generator=self._ids, shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("triptych")

    @classmethod
    def to(cls, endpoint: str, service: str) -> "Tracer":
        """Sends to an OTLP collector, in the background. OTEL_SERVICE_NAME is another name for the service."""
        resource = Resource.create({"service.name": service}).merge(OTELResourceDetector().detect())
        return cls(resource, BatchSpanProcessor(exporter_to(endpoint)))

    def of(self, service: str) -> "Tracer":
        """Spans of another service, told and sent by this one."""
        return Tracer(Resource.create({"service.name": service}), self._processor)

    def start(
        self,
        name: str,
        kind: SpanKind,
        parent: Context | None = None,
        *,
        links: Iterable[Link] = (),
        attributes: Mapping[str, AttributeValue] | None = None,
        trace_id: int | None = None,
        start_ns: int | None = None,
    ) -> Span:
        """`trace_id` is that of the trace which begins here, if one does; `start_ns` is since 1970."""
        self._ids.given = trace_id
        return self._tracer.start_span(
            name,
            parent or Context(),
            kind,
            attributes,
            tuple(links),
            start_ns,
            record_exception=False,  # whose words may repeat what was sent
        )

    def start_for(
        self, askers: Iterable[Span | None], name: str, kind: SpanKind, attributes: Mapping[str, AttributeValue]
    ) -> Span | None:
        """A span of work done for many at once: in the trace of the first that is sampled, with links to the others.

        Where none is sampled, it is not either. None where nobody that asks has a span.
        """
        distinct = list({asker.get_span_context().span_id: asker for asker in askers if asker}.values())
        if not distinct:
            return None
        parent, *others = [each for each in distinct if each.get_span_context().trace_flags.sampled] or distinct[:1]
        links = [Link(other.get_span_context()) for other in others[:MOST_LINKS]]
        counted = {**attributes, "triptych.requests": len(distinct)}
        return self.start(name, kind, set_span_in_context(parent, Context()), links=links, attributes=counted)

    async def aclose(self) -> None:
        """Send what waits, for `CLOSE_S` seconds at most."""
        # Not in a thread that the process would wait for: where the collector hangs, so does the SDK's shutdown.
        closing = threading.Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        await asyncio.to_thread(closing.join, CLOSE_S)


def parent_of(scope: Scope) -> Context:
    """What a request's headers name as the parent of its span, if they are well-formed."""
    headers = scope["headers"]
    return _W3C.extract({str(name, "ascii"): str(value, "latin-1") for name, value in headers if name in _W3C_HEADERS})


def trace_headers(span: Span) -> dict[str, str]:
    """The headers by which another service learns of its parent."""
    headers: dict[str, str] = {}
    _W3C.inject(headers, set_span_in_context(span, Context()))
    return headers


def fail(span: Span, error_type: str) -> None:
    """Mark what a span tells of as failed, without the words of the error, which may repeat what was sent."""
    span.set_attribute("error.type", error_type)
    span.set_status(Status(StatusCode.ERROR))
