"""Noticing that a client went away, so that its work stops."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from fastapi import Request

from serving.errors import ClientGone

T = TypeVar("T")
WATCH_AFTER_S = 0.02  # most answers are there sooner, and need no watch


async def unless_gone(request: Request, answer: Awaitable[T]) -> T:
    """Await the answer to a request whose body was read; cancel it, and raise ClientGone, when the client goes away."""
    this = asyncio.current_task()
    assert this  # noqa: S101 - for the type checker
    gone = False
    watch: asyncio.Task[None] | None = None

    async def wait_for_the_end() -> None:
        nonlocal gone
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone = True
        this.cancel()

    def start() -> None:
        nonlocal watch
        watch = asyncio.create_task(wait_for_the_end())

    timer = asyncio.get_running_loop().call_later(WATCH_AFTER_S, start)
    try:
        return await answer
    except asyncio.CancelledError as error:
        if not gone:
            raise
        this.uncancel()
        raise ClientGone("the client closed its connection before it was answered") from error
    finally:
        timer.cancel()
        if watch:
            watch.cancel()
