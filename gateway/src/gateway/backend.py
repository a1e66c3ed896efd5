"""A model server, as the gateway's client of it."""

import errno
import socket
import time
from collections.abc import Iterator

import httpx2
from pydantic import BaseModel, ValidationError
from serving.deadline import DEADLINE_HEADER

from gateway.inference import read_answer
from gateway.messages import Status
from gateway.outcome import Outcome

CONNECT_S = 0.25
POOL_S = 0.05
CONNECTIONS = 256  # to one backend
HEALTH_S = 0.5
IDLE_S = 30.0  # shorter than the servers' 75 s, so that we close first
_STATUSES: dict[int, Status] = {404: "unavailable", 429: "overloaded", 503: "unavailable", 504: "timeout"}


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
            response = await self._client.post(self._url + path, content=question, headers=headers)
        except httpx2.HTTPError as error:
            return Outcome(*_failure(error))
        latency_ms = round((time.perf_counter() - start) * 1000, 3)
        if response.status_code != 200:
            why = (
                f"it does not serve release {version}"
                if response.status_code == 404 and version
                else _problem(response)
            )
            return Outcome(_STATUSES.get(response.status_code, "error"), why, latency_ms=latency_ms)
        return read_answer(response.content, shape, version, latency_ms)

    async def health(self) -> BackendHealth:
        """Its readiness, with details where the server gives any. Never raises."""
        try:
            response = await self._client.get(f"{self._url}/v2/health/ready", timeout=HEALTH_S)
        except httpx2.HTTPError as error:
            return BackendHealth(reachable=False, detail=_failure(error)[1])
        try:
            return BackendHealth.model_validate_json(response.content)
        except ValidationError:  # a foreign server's body may be empty
            return BackendHealth(ready=response.status_code == 200)


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


def _problem(response: httpx2.Response) -> str:
    try:
        return str(response.json()["error"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return f"HTTP {response.status_code}"
