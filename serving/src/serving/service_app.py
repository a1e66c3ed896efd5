"""What every HTTP service of ours has: the error shape, the access log, the metrics."""

from fastapi import FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from serving.access import AccessMiddleware
from serving.direct_routes import DirectRoutes
from serving.draining import Draining
from serving.problem import install_error_handlers

# FastAPI's own, which would look for OpenTelemetry's providers at each request.
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


def equip(app: FastAPI, registry: CollectorRegistry, draining: Draining) -> FastAPI:
    """Give an app the error shape, the access log, `GET /metrics`, and `state.draining` to the worker."""
    app.state.draining = draining
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    install_error_handlers(app)
    app.add_middleware(DirectRoutes, routes=app.routes)
    app.add_middleware(AccessMiddleware, registry=registry, draining=draining)

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return app
