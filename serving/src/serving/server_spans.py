"""A span for each request, as OpenTelemetry's conventions for HTTP servers have it."""

from opentelemetry.semconv.attributes import http_attributes, url_attributes
from opentelemetry.trace import Span, SpanKind
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.access import NOT_ANSWERED, QUIET
from serving.tracer import Tracer, fail, parent_of
from serving.tracing import CURRENT_SPAN

PARENT = "span_parent"  # in a request's state: the parent of its span, where it is not the one that its headers name
_PATH_LENGTH = 256


class ServerSpans:
    """Middleware, inside the access log. Health checks and metrics have no span, nor does anything they cause."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self.app = app
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not has_span(scope):
            await self.app(scope, receive, send)
            return
        status = NOT_ANSWERED

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        span = self._start(scope)
        token = CURRENT_SPAN.set(span)
        try:
            await self.app(scope, receive, send_noted)
        except Exception:
            status = 500 if status == NOT_ANSWERED else status  # as the access log answers it
            raise
        finally:
            CURRENT_SPAN.reset(token)
            _end(span, scope, status)

    def _start(self, scope: Scope) -> Span:
        attributes = {
            http_attributes.HTTP_REQUEST_METHOD: scope["method"],
            url_attributes.URL_PATH: scope["path"][:_PATH_LENGTH],
            url_attributes.URL_SCHEME: scope["scheme"],
            "triptych.request_id": scope["state"]["request_id"],
        }
        parent = scope["state"].get(PARENT) or parent_of(scope)
        return self._tracer.start(scope["method"], SpanKind.SERVER, parent, attributes=attributes)


def has_span(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["path"] not in QUIET


def _end(span: Span, scope: Scope, status: int) -> None:
    if route := getattr(scope.get("route"), "path", None):
        span.update_name(f"{scope['method']} {route}")
        span.set_attribute(http_attributes.HTTP_ROUTE, route)
    span.set_attribute(http_attributes.HTTP_RESPONSE_STATUS_CODE, status)
    if status >= 500:
        fail(span, str(status))
    span.end()
