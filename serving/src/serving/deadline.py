"""A deadline travels as the time that is left, since clocks of two machines differ."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request

from serving.errors import InvalidInput, ServingError
from serving.headers import headers_of

DEADLINE_HEADER = "X-Deadline-Ms"  # spoken between services
TIMEOUT_HEADER = "X-Request-Timeout-Ms"  # by which a client shortens its own
BULK_DEADLINE_MS = 10_000


def header_ms(request: Request, name: str) -> int | None:
    """A header of whole milliseconds, above zero. Raises InvalidInput for anything else."""
    text = headers_of(request.scope).get(name.lower().encode())
    if text is None:
        return None
    if not (text.isdigit() and len(text) < 19 and int(text) > 0):
        raise InvalidInput(f"the header {name} takes whole milliseconds, 1 or more")
    return int(text)


@asynccontextmanager
async def within(limit_s: float, late: type[ServingError], what: str) -> AsyncIterator[asyncio.Timeout]:
    """Cancel the body when the time is up, and raise `late`: "`what` within … s".

    The body is given the timeout, and may reschedule it.
    """
    try:
        async with asyncio.timeout(limit_s) as timeout:
            yield timeout
    except TimeoutError as error:
        raise late(f"{what} within {limit_s:g} s") from error
