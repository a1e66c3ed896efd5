"""The one thread in which engines compute, so that the event loop stays free."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
STUCK_AFTER_S = 10.0


class EngineThread:
    """Calls run one after another. A call whose caller went away or ran out of time before its turn is dropped."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
        self._clock = clock
        self._running_since: float | None = None

    async def run(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._timed, call)

    def stuck(self) -> bool:
        """True when a call has been running for longer than any healthy one does."""
        since = self._running_since
        return since is not None and self._clock() - since > STUCK_AFTER_S

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _timed(self, call: Callable[[], T]) -> T:
        self._running_since = self._clock()
        try:
            return call()
        finally:
            self._running_since = None
