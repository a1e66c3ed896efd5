"""Sending spans to an OTLP collector, by HTTP."""

import logging
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import requests
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

logger = logging.getLogger(__name__)
REPORT_S = 60.0  # between two lines in the log about what could not be sent


class ReportingExporter(SpanExporter):
    """Says how many spans were lost, once a minute at most. The exporter's own words are not logged: `serving.logs`."""

    def __init__(self, exporter: SpanExporter, endpoint: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._exporter = exporter
        self._endpoint = urlsplit(endpoint).netloc.rpartition("@")[2]  # it may hold a password before that
        self._clock = clock
        self._lost = 0
        self._report_at = float("-inf")

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = self._exporter.export(spans)
        if result is not SpanExportResult.SUCCESS:
            self._lost += len(spans)
            now = self._clock()
            if now >= self._report_at:
                logger.warning("spans were not sent", extra={"lost": self._lost, "endpoint": self._endpoint})
                self._lost, self._report_at = 0, now + REPORT_S
        return result

    def shutdown(self) -> None:
        self._exporter.shutdown()


def exporter_to(endpoint: str) -> SpanExporter:
    """To the collector at that address. Knows of no proxy, as all calls between services."""
    session = requests.Session()
    session.trust_env = False
    return ReportingExporter(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", session=session), endpoint)
