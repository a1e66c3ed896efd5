"""Translating a backend's failures, here where they enter, into a member's status and words."""

import errno
import json
import socket
from collections.abc import Iterator

import httpx2

from gateway.inference import printable
from gateway.messages import Status
from gateway.outcome import Outcome

_STATUSES: dict[int, Status] = {404: "unavailable", 429: "overloaded", 503: "unavailable", 504: "timeout"}


def failure_of(error: httpx2.HTTPError) -> tuple[Status, str]:
    """What a call that got no answer amounts to: a member's status, and words."""
    if isinstance(error, httpx2.ConnectTimeout):
        return "unavailable", "no connection in time"
    if isinstance(error, httpx2.TimeoutException):
        return "timeout", "no answer in time"
    if isinstance(error, httpx2.RemoteProtocolError):
        return "error", printable(str(error))
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return "unavailable", "host name not found"
        if isinstance(cause, OSError) and cause.errno == errno.ECONNREFUSED:
            return "unavailable", "connection refused"
    if isinstance(error, httpx2.ConnectError):
        return "unavailable", "no connection"
    return "unavailable", "the connection was closed without an answer"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def refusal_of(status: int, body: bytes, version: str | None, latency_ms: float) -> Outcome:
    """What an answer other than 200 amounts to."""
    words = f"it does not serve release {version}" if status == 404 and version else _words(status, body)
    fault = status >= 500 and status not in (503, 504)  # 504: its caller's time was up, and the round judges that
    return Outcome(_STATUSES.get(status, "error"), words, latency_ms=latency_ms, fault=fault)


def _words(status: int, body: bytes) -> str:
    try:
        return printable(str(json.loads(body)["error"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return f"HTTP {status}"
