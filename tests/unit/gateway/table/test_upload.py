import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import Request
from gateway.table.upload import PROGRESS_SIZE, TABLE_LIMIT, receive_table
from serving.errors import BodyStalled, ClientGone, Overloaded, UnsupportedMediaType
from serving.room import Room, Share

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
    await receive_table(request(parts(part(b"a,b\n"), part(b"1,2\n", more=False))), file, share())
    assert file.getvalue() == b"a,b\n1,2\n"


def share() -> Share:
    return Share(Room(TABLE_LIMIT))


@pytest.mark.parametrize("sent", [[], [part(b"a,b\n")]])
async def test_a_client_that_stops_sending_is_told_so_after_the_time_for_progress(sent: list[Message]) -> None:
    async with asyncio.timeout(5):
        with pytest.raises(BodyStalled, match=r"neither the table's end nor 256 KiB came within 0\.05 s") as caught:
            await receive_table(request(parts(*sent)), io.BytesIO(), share(), progress_s=0.05)
    assert (caught.value.status, caught.value.headers()) == (408, {"Connection": "close"})


def paced(size: int, parts: int) -> Callable[[], Awaitable[Message]]:
    """So many parts of such a size, one each 20 ms."""
    left = [part(b"x" * size, more=False), *[part(b"x" * size)] * (parts - 1)]

    async def receive() -> Message:
        await asyncio.sleep(0.02)
        return left.pop()

    return receive


async def test_a_slow_client_has_all_the_time_as_long_as_it_gets_on() -> None:
    file = io.BytesIO()
    await receive_table(request(paced(PROGRESS_SIZE, 10)), file, share(), progress_s=0.1)
    assert len(file.getvalue()) == 10 * PROGRESS_SIZE


async def test_a_client_that_sends_a_little_now_and_then_does_not_get_on() -> None:
    with pytest.raises(BodyStalled):
        await receive_table(request(paced(1, 10)), io.BytesIO(), share(), progress_s=0.1)


async def test_a_table_for_which_there_is_no_room_is_refused_and_the_others_keep_theirs() -> None:
    room = Room(10)
    with Share(room) as first:
        await receive_table(request(parts(part(b"x" * 7, more=False))), io.BytesIO(), first)
        with pytest.raises(Overloaded), Share(room) as second:
            await receive_table(request(parts(part(b"x"), part(b"x" * 3))), io.BytesIO(), second)
        assert room.free == 3
    assert room.free == 10


async def test_a_client_that_goes_away_before_its_end_is_gone() -> None:
    with pytest.raises(ClientGone):
        await receive_table(request(parts(part(b"a,b\n"), {"type": "http.disconnect"})), io.BytesIO(), share())


async def test_a_compressed_table_is_refused() -> None:
    with pytest.raises(UnsupportedMediaType, match="compressed"):
        await receive_table(request(parts(), **{"content-encoding": "gzip"}), io.BytesIO(), share())
