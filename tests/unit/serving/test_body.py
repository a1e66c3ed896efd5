import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from fastapi import Request
from serving.body import read_body, read_json_body
from serving.errors import BodyStalled, BodyTooLarge, ClientGone, Overloaded, UnsupportedMediaType
from serving.room import Room, Share

pytestmark = pytest.mark.anyio


def request(parts: Iterable[bytes | None], **headers: str) -> Request:
    """A request whose body comes in these parts; None is where the client goes away."""
    messages: list[dict[str, Any]] = [
        {"type": "http.disconnect"} if part is None else {"type": "http.request", "body": part, "more_body": True}
        for part in parts
    ]
    messages.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw}, receive)


@pytest.mark.parametrize("parts", [[], [b"0123456789"], [b"01234", b"56789"], [b"0"] * 10])
async def test_a_body_within_the_limit_is_read_in_whatever_parts_it_comes(parts: list[bytes]) -> None:
    assert await read_body(request(parts), limit=10) == b"".join(parts)


@pytest.mark.parametrize("parts", [[b"01234567890"], [b"0123456789", b"0"], [b"0"] * 11])
async def test_one_byte_more_is_too_large_with_and_without_a_length(parts: list[bytes]) -> None:
    with pytest.raises(BodyTooLarge):
        await read_body(request(parts), limit=10)
    with pytest.raises(BodyTooLarge):
        await read_body(request([], content_length="11"), limit=10)


async def test_a_client_that_goes_away_meanwhile_is_gone() -> None:
    with pytest.raises(ClientGone):
        await read_body(request([b"01", None]), limit=10)


def slowly(*parts: bytes, after_s: float = 0.0) -> Request:
    """A request whose body's first part is there, and whose others come later; after the last, nothing does."""
    left = [*parts]

    async def receive() -> dict[str, Any]:
        if len(left) < len(parts):
            await asyncio.sleep(after_s if left else 60)
        return {"type": "http.request", "body": left.pop(0), "more_body": True}

    return Request({"type": "http", "headers": []}, receive)


@pytest.mark.parametrize("parts", [[b""], [b"01"], [b"01", b"23"], [b"0"] * 8])
async def test_a_body_that_does_not_come_in_time_is_given_up(parts: list[bytes]) -> None:
    with pytest.raises(BodyStalled, match=r"did not come within 0\.05 s") as caught:
        await read_body(slowly(*parts, after_s=0.001), limit=10, limit_s=0.05)
    assert (caught.value.status, caught.value.headers()) == (408, {"Connection": "close"})


async def test_who_waits_for_a_body_can_be_cancelled() -> None:
    reading = asyncio.create_task(read_body(slowly(b"01"), limit=10))
    await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


async def test_bodies_that_are_coming_share_their_room_and_give_it_back() -> None:
    refused: list[None] = []
    room = Room(10, lambda: refused.append(None))

    async def read(asked: Request) -> bytes:
        with Share(room) as share:
            return await read_body(asked, limit=10, share=share, limit_s=0.05)

    coming = asyncio.create_task(read(slowly(b"0123456")))
    await asyncio.sleep(0.01)
    with pytest.raises(Overloaded):
        await read(request([b"01", b"23"]))
    assert len(refused) == 1
    assert await read(request([b"012"])) == b"012"
    with pytest.raises(BodyStalled):
        await coming
    assert room.free == 10


async def test_a_compressed_body_is_not_taken() -> None:
    with pytest.raises(UnsupportedMediaType):
        await read_body(request([], content_encoding="gzip"), limit=10)


@pytest.mark.parametrize("media_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
async def test_json_is_taken_however_it_is_declared(media_type: str) -> None:
    assert await read_json_body(request([b"{}"], content_type=media_type), limit=10) == b"{}"


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/jsonl"])
async def test_anything_else_is_not(media_type: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        await read_json_body(request([b"{}"], content_type=media_type), limit=10)
