"""What the services in this process have logged."""

import asyncio
import json
from typing import Any

import pytest
from serving.access_log import FLUSH_S


async def log_lines(capsys: pytest.CaptureFixture[str], having: str, count: int) -> list[dict[str, Any]]:
    """The lines with these words, once there are `count` of them; the first to be written first."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(100 * FLUSH_S):
        while len(found) < count:
            await asyncio.sleep(FLUSH_S / 10)
            found += [json.loads(line) for line in capsys.readouterr().out.splitlines() if having in line]
    return found
