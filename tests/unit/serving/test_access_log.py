import asyncio
import io
import logging
from contextlib import redirect_stdout

from serving.access_log import FLUSH_S, AccessLog, logger

from tests.virtual_time import run


class FullDisk(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_lines_that_could_not_be_written_are_not_kept_and_the_next_ones_are_written() -> None:
    async def test() -> str:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        log = AccessLog()

        async def write(request_id: str) -> None:
            log.write(request_id=request_id, method="GET", route="/", status=200, seconds=0.0)
            await asyncio.sleep(2 * FLUSH_S)

        with redirect_stdout(FullDisk()):
            await write("lost")
        with redirect_stdout(io.StringIO()) as written:
            await write("next")
        return written.getvalue()

    logger.setLevel(logging.INFO)
    written = run(test())
    assert '"request_id":"next"' in written
    assert "lost" not in written
