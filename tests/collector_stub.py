"""A collector of traces: `python tests/collector_stub.py PORT`. It takes OTLP at /v1/traces, and gives /spans as JSON.

It imports nothing of ours, so that it also runs alone in a container.
"""

import json
import sys
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status


def read(body: bytes) -> list[dict[str, Any]]:
    """The spans that an export brings."""
    return [
        _told(span, service=_values(of_service.resource.attributes)["service.name"])
        for of_service in ExportTraceServiceRequest.FromString(body).resource_spans
        for of_scope in of_service.scope_spans
        for span in of_scope.spans
    ]


def _told(span: Span, service: str) -> dict[str, Any]:
    return {
        "service": service,
        "name": span.name,
        "kind": Span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_"),
        "trace": span.trace_id.hex(),
        "id": span.span_id.hex(),
        "parent": span.parent_span_id.hex(),
        "state": span.trace_state,
        "start_ns": span.start_time_unix_nano,
        "end_ns": span.end_time_unix_nano,
        "failed": span.status.code == Status.STATUS_CODE_ERROR,
        "attributes": _values(span.attributes),
        "events": [{"name": event.name, **_values(event.attributes)} for event in span.events],
        "links": [{"trace": link.trace_id.hex(), "id": link.span_id.hex()} for link in span.links],
    }


def _values(attributes: Iterable[KeyValue]) -> dict[str, Any]:
    return {each.key: getattr(each.value, each.value.WhichOneof("value") or "string_value") for each in attributes}


class Collector(ThreadingHTTPServer):
    """Keeps every span that it is sent."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        super().__init__((host, port), _Handler)
        self.spans: list[dict[str, Any]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/v1/traces":
            self.server.spans += read(body)
        self._answer(b"" if self.path == "/v1/traces" else None)

    def do_GET(self) -> None:
        self._answer(json.dumps(self.server.spans).encode() if self.path == "/spans" else None)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """It has nothing to say."""

    def _answer(self, body: bytes | None) -> None:
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")


if __name__ == "__main__":
    Collector(int(sys.argv[1]), "0.0.0.0").serve_forever()
