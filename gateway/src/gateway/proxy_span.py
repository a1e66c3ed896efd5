"""nginx's part of a request's trace.

nginx has no exporter. It writes the trace's id into its log, and tells the gateway that id and when the request came;
the gateway tells the span. A parent in `traceparent` would be one that nobody ever sends, and viewers would miss it;
and whether a trace that nginx begins is sampled would be nginx's to say, not the sampler's. The span's begin is nginx's
own; its end, which the gateway cannot know, is that of the gateway's answer. What sending it took is in nginx's log.
"""

import re
import time

from opentelemetry.context import Context
from opentelemetry.semconv.attributes import http_attributes
from opentelemetry.trace import SpanKind, set_span_in_context
from serving.server_spans import PARENT, has_span
from serving.tracer import Tracer, parent_of
from starlette.types import ASGIApp, Receive, Scope, Send

HEADER = b"x-proxy-trace"
LONGEST_S = 60.0  # from the request's first byte until it is passed on; more is no time that nginx tells
_TOLD = re.compile(rb"(?!0{32})([0-9a-f]{32}) (\d{10}\.\d{3}) (\d{1,4}\.\d{3})")


class ProxySpan:
    """Middleware outside `ServerSpans`, for a request that came through nginx.

    It is told the id that the trace has where the client named none, the time, and how many seconds ago the request's
    first byte came. As in all headers, what is not well-formed is passed over.
    """

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self.app = app
        self._tracer = tracer.of("nginx")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = _told(scope) if has_span(scope) else None
        if told is None:
            await self.app(scope, receive, send)
            return
        trace_id, start_ns = told
        method = {http_attributes.HTTP_REQUEST_METHOD: scope["method"]}
        span = self._tracer.start(
            "nginx", SpanKind.SERVER, parent_of(scope), attributes=method, trace_id=trace_id, start_ns=start_ns
        )
        scope["state"][PARENT] = set_span_in_context(span, Context())
        try:
            await self.app(scope, receive, send)
        finally:
            span.end()


def _told(scope: Scope) -> tuple[int, int] | None:
    """The trace's id, and when the request came, in nanoseconds since 1970."""
    for name, value in scope["headers"]:
        if name == HEADER and (match := _TOLD.fullmatch(value)):
            trace_id, passed_on_s, took_s = match.groups()
            now_ns, start_ns = time.time_ns(), round((float(passed_on_s) - float(took_s)) * 1e9)
            return int(trace_id, 16), min(max(start_ns, now_ns - round(LONGEST_S * 1e9)), now_ns)
    return None
