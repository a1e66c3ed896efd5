"""A model server, as the gateway's client of it."""

import asyncio
import json
import time

import httpx2
from serving.body import MIB
from serving.deadline import DEADLINE_HEADER
from serving.errors import EngineFailed
from serving.protocol.routes import SERVED_RELEASE_HEADER

from gateway.backend_health import BackendHealth
from gateway.failure import STATUSES, failure_of, problem_of
from gateway.inference import read_answer
from gateway.outcome import Outcome

CONNECT_S = 0.25
POOL_S = 0.05
CONNECTIONS = 256  # to one backend
ANSWER_LIMIT = 8 * MIB
HEALTH_LIMIT = MIB
HEALTH_S = 0.5
IDLE_S = 30.0  # shorter than the servers' 75 s, so that we close first


class UnacceptableAnswer(EngineFailed):
    """A backend answered with more than is taken from it."""


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
            return Outcome(*failure_of(error))
        latency_ms = round((time.perf_counter() - start) * 1000, 3)
        if status != 200:
            why = f"it does not serve release {version}" if status == 404 and version else problem_of(status, answer)
            return Outcome(STATUSES.get(status, "error"), why, latency_ms=latency_ms)
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
            return BackendHealth(reachable=False, detail=failure_of(error)[1])
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
