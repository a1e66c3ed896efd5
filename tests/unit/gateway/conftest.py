"""A gateway over two model services, all in this process: the network between them is a dictionary of apps."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from gateway.app import create_app
from gateway.settings import Settings
from serving.engine import EngineKind
from serving.model_app import ModelServiceSettings, create_model_app

PATIENCE = {"deadline_ms": 10_000, "straggler_grace_ms": 10_000}  # where a busy machine must not decide a test
BACKENDS = {"sklearn": "http://model-sklearn:8000", "tensorflow": "http://model-tf:8000"}


class Network(httpx2.AsyncBaseTransport):
    """Hosts by name. A host that is missing refuses connections; a delay is in seconds."""

    def __init__(self) -> None:
        self.hosts: dict[str, httpx2.AsyncBaseTransport] = {}
        self.delays: dict[str, float] = {}
        self.requests: list[httpx2.Request] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        host = request.url.host
        self.requests.append(request)
        if host not in self.hosts:
            raise httpx2.ConnectError("refused", request=request) from ConnectionRefusedError(111, "refused")
        if request.method == "POST":
            await asyncio.sleep(self.delays.get(host, 0))
        return await self.hosts[host].handle_async_request(request)


class System:
    """The gateway's client, and the network behind it."""

    def __init__(self, client: httpx2.AsyncClient, network: Network) -> None:
        self.client = client
        self.network = network

    async def predict(self, **features: Any) -> httpx2.Response:
        instance = {"length": 2.0, "color": "red", "wet": True, "age": None} | features
        return await self.client.post("/predict", json=instance)

    async def until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The readiness body, once it fulfills the condition; at the latest after twenty seconds."""
        async with asyncio.timeout(20):
            while True:
                body: dict[str, Any] = (await self.client.get("/health/ready")).json()
                if condition(body):
                    return body
                await asyncio.sleep(0.02)


@pytest.fixture
async def start(store_root: Path, constant: EngineKind) -> AsyncIterator[Callable[..., Any]]:
    async with AsyncExitStack() as stack:

        async def run(app: FastAPI) -> httpx2.ASGITransport:
            await stack.enter_async_context(app.router.lifespan_context(app))
            return httpx2.ASGITransport(app, raise_app_exceptions=False)

        async def start(**settings: Any) -> System:
            network = Network()
            stored = ModelServiceSettings(model_store=store_root)
            fast = EngineKind("fast", "model.fast", "float64", constant.load)  # which no release has a file for
            for host, framework in (("model-sklearn", "sklearn"), ("model-tf", "tensorflow")):
                app = create_model_app(host, stored, framework, [fast, constant])  # type: ignore[arg-type]
                network.hosts[host] = await run(app)
            defaults = {"model_store": store_root, "backends": BACKENDS, "log_level": "error", **PATIENCE}
            gateway = create_app(Settings.model_validate(defaults | settings), transport=network)
            transport = await run(gateway)
            client = httpx2.AsyncClient(transport=transport, base_url="http://gateway")
            return System(await stack.enter_async_context(client), network)

        yield start


@pytest.fixture
def page_dir(tmp_path: Path) -> Path:
    """A built page."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>the page</title>")
    (folder / "assets/main.js").write_text("")
    return folder
