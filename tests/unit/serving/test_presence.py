import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import Request
from serving.errors import ClientGone
from serving.presence import WATCH_AFTER_S, unless_gone

pytestmark = pytest.mark.anyio


def request(receive: Callable[[], Awaitable[dict[str, Any]]]) -> Request:
    return Request({"type": "http", "headers": []}, receive)


async def stays() -> dict[str, Any]:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


async def leaves() -> dict[str, Any]:
    return {"type": "http.disconnect"}


async def test_an_answer_is_given_to_a_client_that_stays() -> None:
    before = asyncio.all_tasks()
    assert await unless_gone(request(stays), asyncio.sleep(2 * WATCH_AFTER_S, "answer")) == "answer"
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before, "the watch is over"


async def test_the_work_for_a_client_that_went_away_is_cancelled() -> None:
    cancelled = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.set()

    async with asyncio.timeout(10) as limit:
        with pytest.raises(ClientGone):
            await unless_gone(request(leaves), work())
    assert cancelled.is_set()
    assert not limit.expired()


async def test_a_cancellation_from_elsewhere_stays_one() -> None:
    task = asyncio.create_task(unless_gone(request(stays), asyncio.sleep(60)))
    await asyncio.sleep(2 * WATCH_AFTER_S)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
