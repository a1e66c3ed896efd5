import asyncio
import io
import json
from contextlib import redirect_stdout

import pytest
from serving.access_log import FLUSH_S, AccessLog

from tests.virtual_time import run

pytestmark = pytest.mark.usefixtures("informed")


class FullDisk(io.BytesIO):
    def write(self, content: object) -> int:
        raise OSError(28, "No space left on device")


class CutShort(io.BytesIO):
    """Takes a few bytes of each write, as a pipe does when a signal comes."""

    def write(self, content: object) -> int:
        return super().write(memoryview(content)[:7])  # type: ignore[arg-type]


async def write(log: AccessLog, request_id: str, stdout: io.BytesIO) -> list[str]:
    """The request ids in what was written until the line was due."""
    with redirect_stdout(io.TextIOWrapper(stdout, write_through=True)):
        log.write(request_id=request_id, method="GET", route="/", status=200, seconds=0.0, fields={})
        await asyncio.sleep(2 * FLUSH_S)
        return [json.loads(line)["request_id"] for line in stdout.getvalue().splitlines()]


def test_lines_that_could_not_be_written_are_not_kept_and_the_next_ones_are_written() -> None:
    async def test() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        log = AccessLog()
        assert await write(log, "lost", FullDisk()) == []
        assert await write(log, "next", io.BytesIO()) == ["next"]

    run(test())


def test_a_write_that_was_cut_short_is_continued() -> None:
    assert run(write(AccessLog(), "whole", CutShort())) == ["whole"]
