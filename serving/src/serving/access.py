"""Around every request: its id, its metrics and its log line."""

import os
import re
import time

from prometheus_client import CollectorRegistry
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.access_log import AccessLog
from serving.draining import Draining
from serving.headers import headers_of
from serving.problem import unexpected_failure
from serving.request_metrics import RequestMetrics

NOT_ANSWERED = 499  # the status where the client went away before an answer began
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
QUIET = frozenset({"/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready", "/metrics"})


class AccessMiddleware:
    """Takes the caller's X-Request-ID or makes one, and gives it back in the answer. Health checks are not logged.

    Whoever answers may put further fields of the log line into `state.log`.

    While the service drains, an answer closes its connection: the next request goes to another replica.
    A failure that nobody foresaw is answered here, so that its answer has the id too.
    """

    def __init__(self, app: ASGIApp, registry: CollectorRegistry, draining: Draining) -> None:
        self.app = app
        self._draining = draining
        self._log = AccessLog()
        self._metrics = RequestMetrics()
        registry.register(self._metrics)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            try:  # the lifespan
                await self.app(scope, receive, send)
            finally:
                self._log.flush()  # no timer will any more
            return
        request_id = _request_id(scope)
        state = scope.setdefault("state", {})
        state["request_id"], state["log"] = request_id, {}
        status = NOT_ANSWERED

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
                if self._draining.begun:
                    message["headers"].append((b"connection", b"close"))
            await send(message)

        start = time.perf_counter()
        self._metrics.in_flight += 1
        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:
            if status != NOT_ANSWERED:
                raise
            await unexpected_failure(Request(scope), error)(scope, receive, send_with_id)
        finally:
            self._metrics.in_flight -= 1
            self._record(scope, status, time.perf_counter() - start, request_id)

    def _record(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        self._metrics.add(scope["method"], route, status, seconds)
        if route not in QUIET:
            self._log.write(
                request_id=request_id,
                method=scope["method"],
                route=route,
                status=status,
                seconds=seconds,
                fields=scope["state"]["log"],
            )


def _request_id(scope: Scope) -> str:
    given = headers_of(scope).get(b"x-request-id", b"")
    return str(given, "ascii") if _REQUEST_ID.fullmatch(given) else os.urandom(16).hex()
