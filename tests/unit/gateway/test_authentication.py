"""A gateway that wants API keys."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from gateway.api_keys import line_of

pytestmark = pytest.mark.anyio
Start = Callable[..., Awaitable[Any]]
KEY = {"X-API-Key": "a"}
HEALTH = ("/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready")


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    path = tmp_path / "api-keys"
    path.write_text(line_of("alice", "a"))
    return path


def replace(path: Path, text: str) -> None:
    new = path.with_suffix(".new")
    new.write_text(text)
    new.rename(path)


@pytest.fixture
async def client(start: Start, keys_file: Path) -> httpx2.AsyncClient:
    client: httpx2.AsyncClient = (await start(api_keys_file=keys_file)).client
    return client


@pytest.mark.parametrize("headers", [{}, {"X-API-Key": "b"}, {"X-API-Key": ""}, {"Authorization": "Bearer a"}])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/predict"),
        ("POST", "/predict/csv/columns"),
        ("GET", "/predict"),
        ("GET", "/models"),
        ("GET", "/metrics"),
        ("GET", "/docs"),
        ("GET", "/docs/assets/swagger-ui.css"),
        ("GET", "/openapi.json"),
        ("GET", "/v2"),
        ("POST", "/v2/repository/index"),
        ("GET", "/nothing"),
        ("GET", "/"),
        ("GET", "/assets/main.js"),
        ("GET", "/health/live/"),
        ("GET", "//health/live"),
        ("OPTIONS", "/predict"),
    ],
)
async def test_without_an_accepted_key_every_path_but_health_is_a_401(
    client: httpx2.AsyncClient, method: str, path: str, headers: dict[str, str]
) -> None:
    response = await client.request(method, path, headers=headers)
    problem = response.json()
    assert response.status_code == problem["status"] == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"] == "APIKey"
    assert "X-API-Key" in problem["detail"]
    assert problem["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize("path", HEALTH)
async def test_health_needs_no_key(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code in (200, 503)


async def test_with_a_key_all_is_as_it_is_without_keys(client: httpx2.AsyncClient) -> None:
    statuses = [(await client.get(path, headers=KEY)).status_code for path in ("/docs", "/predict", "/nothing", "/v2")]
    assert statuses == [200, 405, 404, 200]


async def test_the_body_of_a_refused_request_is_dropped_before_the_answer(client: httpx2.AsyncClient) -> None:
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 3:
            sent += 1
            yield b"x"

    assert (await client.post("/predict", content=body())).status_code == 401
    assert sent == 3


async def test_a_refusal_is_counted(client: httpx2.AsyncClient) -> None:
    await client.post("/predict", json={})
    metrics = (await client.get("/metrics", headers=KEY)).text
    assert 'http_requests_total{method="POST",route="unmatched",status="401"} 1.0' in metrics


async def test_the_log_says_whose_key_asked_and_never_a_key(
    start: Start, keys_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = (await start(api_keys_file=keys_file, log_level="info")).client
    await client.get("/v2", headers=KEY)
    await client.get("/v2", headers={"X-API-Key": "another-key"})
    lines: list[dict[str, Any]] = []
    async with asyncio.timeout(20):
        while len(lines) < 2:
            await asyncio.sleep(0.02)
            lines += [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"request"' in line]
    assert [(line["status"], line.get("asked_by")) for line in lines] == [(200, "alice"), (401, None)]
    assert "another-key" not in json.dumps(lines)


async def test_the_pages_own_files_need_no_key_where_the_gateway_serves_them(
    start: Start, keys_file: Path, page_dir: Path
) -> None:
    client = (await start(api_keys_file=keys_file, page_dir=page_dir)).client
    for path in ("/", "/index.html", "/assets/main.js"):
        assert (await client.get(path)).status_code == 200
    for path in ("/assets", "/index.html/", "/models"):
        assert (await client.get(path)).status_code == 401


async def test_another_origins_preflight_needs_no_key_and_its_refusal_can_be_read(
    start: Start, keys_file: Path
) -> None:
    client = (await start(api_keys_file=keys_file, cors_origins="https://friend.example")).client
    origin = {"Origin": "https://friend.example"}
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key"}
    preflight = await client.options("/predict", headers=origin | asked)
    assert preflight.status_code == 200
    assert "x-api-key" in preflight.headers["access-control-allow-headers"].lower()
    refused = await client.post("/predict", headers=origin, json={})
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == "https://friend.example"


async def test_the_file_is_followed_while_the_gateway_lives(client: httpx2.AsyncClient, keys_file: Path) -> None:
    replace(keys_file, line_of("bob", "b"))
    async with asyncio.timeout(20):
        while (await client.get("/v2", headers=KEY)).status_code == 200:
            await asyncio.sleep(0.05)
    assert (await client.get("/v2", headers={"X-API-Key": "b"})).status_code == 200


async def test_without_the_setting_no_key_is_asked_for(start: Start) -> None:
    client = (await start()).client
    assert (await client.get("/v2")).status_code == 200
