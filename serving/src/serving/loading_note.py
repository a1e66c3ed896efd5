"""A note of the release that is being loaded, for the process that comes after one that died of it.

A model that is larger than the container's memory, or whose library crashes, ends the process that loads it; the next
one would load it again, and die again.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

STUCK_AFTER_S = 120.0


class LoadingNote:
    """`path` outlives the process, and is nobody else's.

    `deadly` are the releases that processes died of; this one may, while it loads one.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self.deadly = set(path.read_text().split() if path.exists() else ())
        self._loading_since: float | None = None

    @contextmanager
    def loading(self, release_id: str) -> Iterator[None]:
        """Around the loading of a release."""
        self.deadly.add(release_id)
        self._write()
        self._loading_since = self._clock()
        try:
            yield
        finally:
            self._loading_since = None
            self.deadly.remove(release_id)
            self._write()

    def stuck(self) -> bool:
        """True when a release has been loading for longer than any good one does."""
        since = self._loading_since
        return since is not None and self._clock() - since > STUCK_AFTER_S

    def _write(self) -> None:
        self._path.write_text("\n".join(self.deadly))
