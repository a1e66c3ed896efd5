"""Why the store's current release is not served: in readiness and metrics while it lasts, in the log once."""

import logging

from prometheus_client import CollectorRegistry, Gauge

logger = logging.getLogger(__name__)


class ReleaseProblem:
    """`why` is None where there is nothing to complain about."""

    def __init__(self, registry: CollectorRegistry, why: str) -> None:
        self.why: str | None = why
        self._gauge = Gauge(
            "release_problem", "1 while this keeps the store's current release unserved", ("why",), registry=registry
        )

    def report(self, why: str | None, error: Exception | None = None) -> None:
        if why and why != self.why:
            logger.error("release not served", extra={"why": why}, exc_info=error)
        self.why = why
        self._gauge.clear()
        if why:
            self._gauge.labels(why).set(1)
