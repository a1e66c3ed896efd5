"""A model server, as the gateway's client of it."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

import httpx2
from serving.body import MIB
from serving.deadline import DEADLINE_HEADER
from serving.engine import Rows
from serving.errors import EngineFailed
from serving.protocol.model_routes import BATCHED_IDS_HEADER
from serving.protocol.response import HEADER_LENGTH
from serving.protocol.routes import SERVED_RELEASE_HEADER

from gateway.backend_health import BackendHealth
from gateway.failure import failure_of, refusal_of
from gateway.inference import read_answer, write_question
from gateway.outcome import Outcome
from gateway.retry_budget import RetryBudget
from gateway.transport import LIMIT

if TYPE_CHECKING:
    from gateway.member import Member

ANSWER_LIMIT = 8 * MIB
HEALTH_LIMIT = MIB
HEALTH_S = 0.5
MOST_IDS = 256  # of one call: what the model service's log line may hold
_HEADER_LENGTH = HEADER_LENGTH.lower().encode()


class UnacceptableAnswer(EngineFailed):
    """A backend answered with more than is taken from it."""


class Backend:
    """One server that speaks the Open Inference Protocol. It has its own connections: `transport` is entered here.

    `on_retry` is called for each call that is made again.
    """

    def __init__(
        self, name: str, url: str, transport: httpx2.AsyncBaseTransport, on_retry: Callable[[], object] = lambda: None
    ) -> None:
        self.name = name
        self._url = url
        self._transport = transport
        self._retries = RetryBudget()
        self._on_retry = on_retry
        self._addresses: dict[str, httpx2.URL] = {}

    async def __aenter__(self) -> "Backend":
        await self._transport.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._transport.aclose()

    async def infer(
        self, member: "Member", rows: Rows, classes: int, left_s: float, request_ids: Sequence[str]
    ) -> Outcome:
        """Ask a member for the probabilities of rows, (rows, features); the backend is told how much time is left.

        `request_ids` are the requests that the rows are of.

        Whatever goes wrong is told in the outcome, never raised.
        """
        version = f"/versions/{member.version}" if member.version else ""
        headers, question = write_question(rows, binary=member.version is not None)
        headers[DEADLINE_HEADER] = str(max(1, int(left_s * 1000)))
        if request_ids:
            headers["X-Request-ID"] = request_ids[0]
        if len(request_ids) > 1:
            headers[BATCHED_IDS_HEADER] = ",".join(request_ids[1:MOST_IDS])
        start = time.perf_counter()
        try:
            status, head_length, answer = await self._retried(
                f"/v2/models/{member.name}{version}/infer", headers, question
            )
        except UnacceptableAnswer as error:
            return Outcome("error", error.detail, fault=True)
        except httpx2.HTTPError as error:
            return Outcome(*failure_of(error), fault=True)
        latency_ms = round((time.perf_counter() - start) * 1000, 3)
        if status != 200:
            return refusal_of(status, answer, member.version, latency_ms)
        return read_answer(head_length, answer, (len(rows), classes), member.version, latency_ms)

    async def health(self, serves: str | None) -> BackendHealth:
        """Its readiness, with details where the server gives any. Never raises.

        `serves` is the release that we serve: a model service of ours keeps it for us.
        """
        headers = {SERVED_RELEASE_HEADER: serves} if serves else {}
        try:
            async with asyncio.timeout(HEALTH_S):
                status, _, body = await self._call("GET", "/v2/health/ready", headers, limit=HEALTH_LIMIT)
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

    async def _retried(self, path: str, headers: dict[str, str], content: bytes) -> tuple[int, str | None, bytes]:
        """As `_call`; once more where nothing came because there was no connection, or it was closed."""
        self._retries.earn()
        try:
            return await self._call("POST", path, headers, limit=ANSWER_LIMIT, content=content)
        except httpx2.NetworkError:
            if not self._retries.spend():
                raise
        self._on_retry()
        return await self._call("POST", path, headers, limit=ANSWER_LIMIT, content=content)

    async def _call(
        self, method: str, path: str, headers: dict[str, str], *, limit: int, content: bytes = b""
    ) -> tuple[int, str | None, bytes]:
        """Status, Inference-Header-Content-Length and body.

        Raises httpx2's errors, and UnacceptableAnswer for more than `limit` bytes. Headers and bodies pass httpx2 as
        they are: having it prepare and decode them takes longer than all else that is done for a call.
        """
        if path not in self._addresses:
            self._addresses[path] = httpx2.URL(self._url + path)
        url = self._addresses[path]
        headers |= {
            "Host": str(url.netloc, "ascii"),
            "Content-Length": str(len(content)),
            "Accept-Encoding": "identity",
        }
        request = httpx2.Request(
            method, url, headers=headers, stream=httpx2.ByteStream(content), extensions={LIMIT: limit}
        )
        response = await self._transport.handle_async_request(request)
        try:
            answered = {name.lower(): value for name, value in response.headers.raw}
            if b"content-encoding" in answered:  # which could grow without a limit
                raise UnacceptableAnswer("the answer is compressed, which was not asked for")
            body = bytearray()
            async for part in cast("httpx2.AsyncByteStream", response.stream):
                body += part
                if len(body) > limit:
                    raise UnacceptableAnswer(f"the answer is longer than {limit} bytes")
            head_length = answered.get(_HEADER_LENGTH)
            return response.status_code, str(head_length, "latin-1") if head_length else None, bytes(body)
        finally:
            await response.aclose()
