"""How many requests of one kind are answered at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from serving.errors import Overloaded


class Limit:
    """Beyond `most`, a request is refused at once: a queue would only make all of them late.

    `on_refusal` is called for each.
    """

    def __init__(self, most: int, what: str, on_refusal: Callable[[], object] = lambda: None) -> None:
        self._most = most
        self._what = what
        self._on_refusal = on_refusal
        self._now = 0

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """Around one request. Raises Overloaded."""
        if self._now >= self._most:
            self._on_refusal()
            raise Overloaded(f"{self._most} {self._what} are being answered already: ask again in a moment")
        self._now += 1
        try:
            yield
        finally:
            self._now -= 1
