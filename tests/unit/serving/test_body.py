import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from fastapi import Request
from serving.body import body_within, read_body, read_json_body
from serving.errors import BodyStalled, BodyTooLarge, ClientGone, UnsupportedMediaType

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


async def test_a_body_that_does_not_come_in_time_is_given_up() -> None:
    with pytest.raises(BodyStalled, match=r"within 0\.01 s"):
        async with body_within(0.01):
            await asyncio.sleep(60)


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
