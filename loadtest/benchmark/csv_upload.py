"""A table of 100,000 rows through `/predict/csv`, and what it does to the gateway's memory."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from loadtest.benchmark.contender import FLOWER
from loadtest.benchmark.line_up import TRIPTYCH
from loadtest.benchmark.measuring import started
from loadtest.benchmark.server import Server

ROWS = 100_000
MB = 1e6
WATCHED_S = 0.05
NO_SUCH_PATH = (404, 405)


def csv_figures(store: Path) -> dict[str, Any]:
    """`rows_per_s` and `gateway_growth_mb` of one upload, after a small one that wakes everything."""
    with started(TRIPTYCH, {}, store) as triptych:
        gateway = next(server for server in triptych.servers if server.name == "gateway")
        url = f"{triptych.url}/predict/csv"
        status, _ = _upload(url, 1_000)
        if status in NO_SUCH_PATH:
            return {"skipped": f"POST /predict/csv answers {status}: this version does not have it"}
        start = time.monotonic()
        with _highest_memory(gateway) as memory:
            status, rows = _upload(url, ROWS)
        seconds = time.monotonic() - start
    if status != 200 or rows != ROWS:
        return {"skipped": f"the upload was answered {status} with {rows} of {ROWS} rows"}
    return {"rows": ROWS, "rows_per_s": ROWS / seconds, "gateway_growth_mb": (memory[-1] - memory[0]) / MB}


def _upload(url: str, rows: int) -> tuple[int, int]:
    """The status, and how many rows came back below the header line."""
    header = ",".join(FLOWER)
    # All rows differ, so that nothing could be remembered.
    lines = [f"{4.3 + row % 36 / 10:.1f},3.5,{1 + row % 59 / 10:.1f},{0.1 + row / rows:.6f}" for row in range(rows)]
    content = "\n".join([header, *lines, ""]).encode()
    headers = {"Content-Type": "text/csv"}
    with (
        httpx2.Client(trust_env=False, timeout=60) as client,
        client.stream("POST", url, content=content, headers=headers) as response,
    ):
        answered = sum(chunk.count(b"\n") for chunk in response.iter_bytes())
        return response.status_code, answered - 1


@contextmanager
def _highest_memory(server: Server) -> Iterator[list[int]]:
    """A list of bytes: first what the server held before, at the end the most that it held meanwhile."""
    seen, over = [server.memory()], threading.Event()

    def watch() -> None:
        while not over.wait(WATCHED_S):
            seen.append(server.memory())

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()
        seen.append(max(seen))
