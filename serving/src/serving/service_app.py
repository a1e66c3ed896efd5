"""What every HTTP service of ours has: the error shape, the access log, the metrics."""

from collections.abc import Sequence

from fastapi import FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from starlette.middleware import Middleware

from serving.access import AccessMiddleware
from serving.cgroup_metrics import CgroupMetrics
from serving.direct_routes import DirectRoutes
from serving.draining import Draining
from serving.problem import install_error_handlers

# FastAPI's own, which would look for OpenTelemetry's providers at each request.
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


def shed_counter(registry: CollectorRegistry) -> Counter:
    """Counts the requests that are refused at once since too much is under way, by the limit that they met."""
    return Counter("requests_shed", "Requests refused since too much is under way", ("limit",), registry=registry)


def equip(
    app: FastAPI, registry: CollectorRegistry, draining: Draining, before_routes: Sequence[Middleware] = ()
) -> FastAPI:
    """Give an app the error shape, the access log, `GET /metrics`, and `state.draining` to the worker.

    `before_routes` stand before all routes, and inside the access log.
    """
    app.state.draining = draining
    disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, which nobody asks for
    registry.register(CgroupMetrics())
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    install_error_handlers(app)
    app.user_middleware += [  # the outermost first
        Middleware(AccessMiddleware, registry=registry, draining=draining),
        *before_routes,
        Middleware(DirectRoutes, routes=app.routes),
    ]

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return app
