"""Whether requests are traced, and the span of the request that is being answered.

OpenTelemetry's SDK is an extra (`serving[tracing]`), and imported only where an endpoint is set. Whoever traces is in
modules of its own, beside those that work, as `ServerSpans` and `TracedEngine`.
"""

from contextvars import ContextVar
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, HttpUrl

if TYPE_CHECKING:
    from opentelemetry.trace import Span

    from serving.tracer import Tracer

CURRENT_SPAN: "ContextVar[Span | None]" = ContextVar("current_span", default=None)
"""Read where a question is made, in its request's own context, and carried by the question from there on: a call that
answers many questions is made in the context of none."""


class TracingSettings(BaseModel):
    """The SDK reads more from the environment: its sampler, headers for the collector, attributes of the service."""

    model_config = ConfigDict(hide_input_in_errors=True)  # an endpoint may hold a password

    otel_exporter_otlp_endpoint: HttpUrl | None = None


class TracingNotInstalled(RuntimeError):
    """An endpoint for traces is set where nothing can send any."""


def tracer_for(service: str, settings: TracingSettings) -> "Tracer | None":
    """Sends the spans of this service to the endpoint that is set. Raises TracingNotInstalled."""
    if settings.otel_exporter_otlp_endpoint is None:
        return None
    try:
        from serving.tracer import Tracer
    except ModuleNotFoundError as error:
        raise TracingNotInstalled(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, and OpenTelemetry is not installed: "
            f"install the extra `tracing` ({service}[tracing]), or unset it"
        ) from error
    return Tracer.to(str(settings.otel_exporter_otlp_endpoint), service)
