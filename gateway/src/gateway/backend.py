"""A model server, as the gateway's client of it."""

import asyncio
import errno
import json
import socket
import time
from collections.abc import Iterator

import httpx2
from pydantic import BaseModel
from serving.body import MIB
from serving.deadline import DEADLINE_HEADER
from serving.errors import EngineFailed
from serving.protocol.routes import SERVED_RELEASE_HEADER

from gateway.inference import printable, read_answer
from gateway.messages import Status
from gateway.outcome import Outcome

CONNECT_S = 0.25
POOL_S = 0.05
CONNECTIONS = 256  # to one backend
ANSWER_LIMIT = 8 * MIB
HEALTH_LIMIT = MIB
HEALTH_S = 0.5
IDLE_S = 30.0  # shorter than the servers' 75 s, so that we close first
_STATUSES: dict[int, Status] = {404: "unavailable", 429: "overloaded", 503: "unavailable", 504: "timeout"}


class UnacceptableAnswer(EngineFailed):
    """A backend answered with more than is taken from it."""


class ServedModel(BaseModel):
    name: str
    version: str
    engine: str


class BackendHealth(BaseModel):
    """What a backend says of itself. A foreign server says only whether it is ready."""

    reachable: bool = True
    ready: bool = False
    releases: list[str] = []
    models: list[ServedModel] = []
    refused: dict[str, str] = {}
    detail: str | None = None

    def engine(self, model: str, version: str | None) -> str | None:
        """What computes that model of that release, where it is served."""
        return next((each.engine for each in self.models if (each.name, each.version) == (model, version)), None)


class Backend:
    """One server that speaks the Open Inference Protocol."""

    def __init__(self, name: str, url: str, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self.name = name
        self._url = url
        self._client = _client(transport)

    async def __aenter__(self) -> "Backend":
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._client.aclose()

    async def infer(
        self,
        model: str,
        version: str | None,
        question: bytes,
        shape: tuple[int, int],
        *,
        deadline_ms: float,
        request_id: str,
    ) -> Outcome:
        """Ask a model the `question` of `write_question`; its answer has `shape`, (rows, classes).

        Whatever goes wrong is told in the outcome, never raised.
        """
        path = f"/v2/models/{model}" + (f"/versions/{version}" if version else "") + "/infer"
        headers = {
            "Content-Type": "application/json",
            DEADLINE_HEADER: str(max(1, int(deadline_ms))),
            "X-Request-ID": request_id,
        }
        start = time.perf_counter()
        try:
            status, answer = await self._call("POST", path, headers=headers, limit=ANSWER_LIMIT, content=question)
        except UnacceptableAnswer as error:
            return Outcome("error", error.detail)
        except httpx2.HTTPError as error:
            return Outcome(*_failure(error))
        latency_ms = round((time.perf_counter() - start) * 1000, 3)
        if status != 200:
            why = f"it does not serve release {version}" if status == 404 and version else _problem(status, answer)
            return Outcome(_STATUSES.get(status, "error"), why, latency_ms=latency_ms)
        return read_answer(answer, shape, version, latency_ms)

    async def health(self, serves: str | None) -> BackendHealth:
        """Its readiness, with details where the server gives any. Never raises.

        `serves` is the release that we serve: a model service of ours keeps it for us.
        """
        headers = {SERVED_RELEASE_HEADER: serves} if serves else {}
        try:
            async with asyncio.timeout(HEALTH_S):
                status, body = await self._call("GET", "/v2/health/ready", headers=headers, limit=HEALTH_LIMIT)
        except TimeoutError:
            return BackendHealth(reachable=False, detail="no answer to the health check in time")
        except UnacceptableAnswer as error:
            return BackendHealth(reachable=False, detail=error.detail)
        except httpx2.HTTPError as error:
            return BackendHealth(reachable=False, detail=_failure(error)[1])
        try:
            return BackendHealth.model_validate({"ready": status == 200, **json.loads(body)})
        except (ValueError, TypeError, RecursionError):  # a foreign server's body may be anything
            return BackendHealth(ready=status == 200)

    async def _call(
        self, method: str, path: str, *, headers: dict[str, str], limit: int, content: bytes | None = None
    ) -> tuple[int, bytes]:
        """Status and body. Raises httpx2's errors, and UnacceptableAnswer for a body of more than `limit` bytes."""
        headers = {"Accept-Encoding": "identity", **headers}
        async with self._client.stream(method, self._url + path, content=content, headers=headers) as response:
            if "content-encoding" in response.headers:  # which could grow without a limit
                raise UnacceptableAnswer("the answer is compressed, which was not asked for")
            body = bytearray()
            async for part in response.aiter_bytes():
                body += part
                if len(body) > limit:
                    raise UnacceptableAnswer(f"the answer is longer than {limit} bytes")
            return response.status_code, bytes(body)


def _client(transport: httpx2.AsyncBaseTransport | None) -> httpx2.AsyncClient:
    """One backend's connections, so that a backend that hangs takes none from the others.

    The environment's proxies are not for calls between services.
    """
    timeout = httpx2.Timeout(connect=CONNECT_S, pool=POOL_S, read=None, write=None)
    limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=IDLE_S)
    return httpx2.AsyncClient(transport=transport, timeout=timeout, limits=limits, trust_env=False)


def _failure(error: httpx2.HTTPError) -> tuple[Status, str]:
    if isinstance(error, httpx2.PoolTimeout):
        return "overloaded", "no connection was free"
    if isinstance(error, httpx2.ConnectTimeout):
        return "unavailable", f"no connection within {CONNECT_S * 1000:.0f} ms"
    if isinstance(error, httpx2.TimeoutException):
        return "timeout", "no answer in time"
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
        if isinstance(error, BaseExceptionGroup):
            yield from (each for inner in error.exceptions for each in _causes(inner))
        error = error.__cause__ or error.__context__


def _problem(status: int, body: bytes) -> str:
    try:
        return printable(str(json.loads(body)["error"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return f"HTTP {status}"
