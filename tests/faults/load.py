"""A steady load on the stack while a fault is injected."""

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import uvloop

from tests.flower import FLOWER
from tests.open_loop import Answered, OpenLoop
from tests.processes import until
from tests.stack import Stack


def question(stack: Stack, query: str = "") -> OpenLoop:
    """A load on `/predict`, through nginx."""
    return OpenLoop(stack.port, f"/predict{query}", json.dumps(FLOWER).encode())


@contextmanager
def under_load(stack: Stack, per_second: float = 20) -> Iterator[OpenLoop]:
    """So many requests a second meanwhile, at fixed times, begun when all models are ready."""
    until(stack.all_ready, seconds=60, what="all models to be ready")
    load, over = question(stack), Event()
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(uvloop.run, load.at_rate(per_second, over=over))
        try:
            until(lambda: bool(load.answers), seconds=5, what="the first answer")
            yield load
        finally:
            over.set()
            asked.result()
    print(f"{len(load.answers)} requests, by status: {dict(Counter(each.status for each in load.answers))}")


@contextmanager
def answered(stack: Stack, per_second: float = 20) -> Iterator[OpenLoop]:
    """As `under_load`; each request has to be answered with 200."""
    with under_load(stack, per_second) as load:
        yield load
    assert not failed(load)


def failed(load: OpenLoop) -> list[tuple[float, int, bytes]]:
    """When, with which status, and in which words requests were not answered with 200."""
    return [(round(each.at, 2), each.status, each.body[:300]) for each in load.answers if each.status != 200]


def members(answer: Answered) -> dict[str, str]:
    """Each model's status in an answer."""
    return {name: part["status"] for name, part in json.loads(answer.body)["models"].items()}
