"""Bodies that do not come: whoever sends nothing holds nothing that others need."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from serving.store import Manifest

pytestmark = pytest.mark.anyio
Start = Callable[..., Awaitable[Any]]
Publish = Callable[..., Manifest]
INSTANCE = b'{"length": 2, "color": "red", "wet": true, "age": 1}'
PATHS = [
    ("/predict", "application/json", INSTANCE),
    ("/predict/batch", "application/json", b'{"instances": [%b]}' % INSTANCE),
    ("/predict/csv", "text/csv", b"length,color,wet,age\n2,red,true,1\n"),
    ("/predict/csv/columns", "text/csv", b"length,color,wet,age\n2,red,true,1\n"),
]


@pytest.fixture
async def system(start: Start, publish: Publish, store_root: Path) -> Any:
    publish(store_root)
    system = await start(max_in_flight=1)
    await system.until(lambda body: bool(body["ready"]))
    return system


@asynccontextmanager
async def stalled(system: Any, path: str, kind: str) -> AsyncIterator[None]:
    """Ten requests whose bodies stop after their first byte."""
    begun: list[int] = []

    async def body() -> AsyncIterator[bytes]:
        yield b"{"
        begun.append(1)
        await asyncio.sleep(60)

    headers = {"Content-Type": kind}
    tasks = [asyncio.create_task(system.client.post(path, content=body(), headers=headers)) for _ in range(10)]
    try:
        async with asyncio.timeout(10):
            while len(begun) < len(tasks):
                await asyncio.sleep(0.01)
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize(("path", "kind"), [each[:2] for each in PATHS])
async def test_bodies_that_do_not_come_keep_nobody_else_out(system: Any, path: str, kind: str) -> None:
    async with stalled(system, path, kind):
        for asked, declared, body in PATHS:
            response = await system.client.post(asked, content=body, headers={"Content-Type": declared})
            assert response.status_code == 200, response.text
