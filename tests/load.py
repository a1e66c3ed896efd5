"""A steady load, for tests in which something else happens meanwhile."""

import threading
import time
from typing import Any

import httpx2

EVERY_S = 0.05


class Load:
    """One request after another, every `EVERY_S` where answers are quicker. A status is 0 where no answer came."""

    def __init__(self, url: str, body: object, **client: Any) -> None:
        """`client` is what the client is made with beside."""
        self.statuses: list[int] = []
        self._url = url
        self._body = body
        self._client = client
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Load":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        with httpx2.Client(trust_env=False, **self._client) as client:
            due = time.monotonic()
            while not self._over.is_set():
                self.statuses.append(self._ask(client))
                due += EVERY_S
                self._over.wait(max(0.0, due - time.monotonic()))

    def _ask(self, client: httpx2.Client) -> int:
        try:
            return client.post(self._url, json=self._body, timeout=10).status_code
        except httpx2.HTTPError:
            return 0
