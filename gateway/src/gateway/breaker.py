"""A circuit breaker: a member that keeps failing is left alone for a while, then tried with one live question.

Source: M. Nygard, Release It!, 2nd edition, chapter 5, "Circuit Breaker".
"""

import random
from collections.abc import Callable

FAILURES = 5  # rows in a row
FIRST_OPEN_S = 1.0
LONGEST_OPEN_S = 30.0
PROBE_S = 1.0  # after which a probe that nobody judged is forgotten


class Breaker:
    """Closed until `FAILURES` rows failed in a row; then open for a time that doubles with each probe that fails.

    The time varies by half, so that several gateways do not probe together. `clock` gives seconds, `draw` 0 to 1.
    """

    def __init__(self, clock: Callable[[], float], draw: Callable[[], float] = random.random) -> None:
        self._clock = clock
        self._draw = draw
        self._failures = 0
        self._open_s = 0.0  # 0 while closed
        self._until = 0.0  # when the next probe may go

    @property
    def closed(self) -> bool:
        return self._open_s == 0

    def admits(self) -> bool:
        """Whether a question may be asked now. While not closed, the one that may is the probe."""
        if self.closed:
            return True
        now = self._clock()
        if now < self._until:
            return False
        self._until = now + PROBE_S
        return True

    def retry(self) -> None:
        """Let the next question be the probe: there is reason to believe that the member is well again."""
        self._until = min(self._until, self._clock())

    def succeeded(self) -> None:
        self._failures = 0
        self._open_s = 0.0

    def failed(self, rows: int) -> None:
        """`rows` failed; the breaker may be open afterwards."""
        self._failures += rows
        if self.closed and self._failures < FAILURES:
            return
        self._open_s = min(self._open_s * 2 or FIRST_OPEN_S, LONGEST_OPEN_S)
        self._until = self._clock() + self._open_s * (0.5 + self._draw())
