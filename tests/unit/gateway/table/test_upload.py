import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import Request
from gateway.table.upload import receive_table
from serving.errors import BodyStalled, ClientGone, UnsupportedMediaType

pytestmark = pytest.mark.anyio
Message = dict[str, Any]


def request(receive: Callable[[], Awaitable[Message]], **headers: str) -> Request:
    sent = {"content-type": "text/csv", **headers}
    scope = {"type": "http", "headers": [(name.encode(), value.encode()) for name, value in sent.items()]}
    return Request(scope, receive)


def parts(*messages: Message) -> Callable[[], Awaitable[Message]]:
    """What the client sends, and then nothing any more."""
    left = list(messages)

    async def receive() -> Message:
        if not left:
            await asyncio.Event().wait()
        return left.pop(0)

    return receive


def part(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_all_parts_are_written_one_after_another() -> None:
    file = io.BytesIO()
    await receive_table(request(parts(part(b"a,b\n"), part(b"1,2\n", more=False))), file)
    assert file.getvalue() == b"a,b\n1,2\n"


@pytest.mark.parametrize("sent", [[], [part(b"a,b\n")]])
async def test_a_client_that_stops_sending_is_told_so_after_the_time_for_progress(sent: list[Message]) -> None:
    async with asyncio.timeout(5):
        with pytest.raises(BodyStalled, match=r"nothing of the body came for 0\.05 s") as caught:
            await receive_table(request(parts(*sent)), io.BytesIO(), progress_s=0.05)
    assert (caught.value.status, caught.value.headers()) == (408, {"Connection": "close"})


async def test_a_slow_client_has_all_the_time_as_long_as_something_comes() -> None:
    left = [part(b"x")] * 10

    async def receive() -> Message:
        await asyncio.sleep(0.02)
        return left.pop() if left else part(b"", more=False)

    file = io.BytesIO()
    await receive_table(request(receive), file, progress_s=0.1)
    assert len(file.getvalue()) == 10


async def test_a_client_that_goes_away_before_its_end_is_gone() -> None:
    with pytest.raises(ClientGone):
        await receive_table(request(parts(part(b"a,b\n"), {"type": "http.disconnect"})), io.BytesIO())


async def test_a_compressed_table_is_refused() -> None:
    with pytest.raises(UnsupportedMediaType, match="compressed"):
        await receive_table(request(parts(), **{"content-encoding": "gzip"}), io.BytesIO())
