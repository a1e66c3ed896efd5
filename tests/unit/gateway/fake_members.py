"""Members under a test's hand, and a fan-out over them in virtual time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from gateway.fanout import Fanout
from gateway.fanout_metrics import FanoutMetrics
from gateway.member import Member
from gateway.outcome import Outcome
from gateway.round import Answer
from gateway.tally import Tally
from prometheus_client import CollectorRegistry
from serving.engine import Rows

CLASSES = ("cat", "dog")
GRACE_S = 0.2
DEADLINE_S = 1.0


class FakeBackend:
    """Gives each row's first number as the probability of `cat`, after `delay_s` and `row_s` for each row.

    `calls` has the rows' first numbers, call by call; `cancelled` counts the calls that nobody wanted any more.
    """

    def __init__(self, delay_s: float = 0.001, row_s: float = 0.0) -> None:
        self.delay_s = delay_s
        self.row_s = row_s
        self.broken: Outcome | None = None
        self.calls: list[list[float]] = []
        self.request_ids: list[list[str]] = []
        self.cancelled = 0

    async def infer(
        self, member: Member, rows: Rows, classes: int, left_s: float, request_ids: Sequence[str]
    ) -> Outcome:
        self.calls.append(rows[:, 0].tolist())
        self.request_ids.append(list(request_ids))
        try:
            await asyncio.sleep(self.delay_s + self.row_s * len(rows))
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return self.broken or Outcome("ok", probabilities=np.column_stack([rows[:, 0], 1 - rows[:, 0]]))


class Members:
    """A fan-out over members of these names, asked with single rows."""

    def __init__(self, **backends: FakeBackend) -> None:
        any_backends: dict[str, Any] = dict(backends)
        members = [Member(name, backend) for name, backend in any_backends.items()]
        self.registry = CollectorRegistry()
        self.tally = Tally((), len(CLASSES), backends)
        metrics = FanoutMetrics(self.registry)
        self.fanout = Fanout(members, CLASSES, GRACE_S, DEADLINE_S, metrics, self.tally, clock=now)

    async def ask(
        self, *values: float, deadline_s: float = DEADLINE_S, models: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """The vote on the first of the rows with these values."""
        rows = np.array([[value] for value in values])
        answer: Answer = await self.fanout.ask(rows, give_up=now() + deadline_s, models=models)
        return answer.votes(min_models=0)[0]


@asynccontextmanager
async def members(**backends: FakeBackend) -> AsyncIterator[Members]:
    """In the end nothing runs any more."""
    over = Members(**backends)
    yield over
    await over.fanout.aclose()
    assert asyncio.all_tasks() == {asyncio.current_task()}


def now() -> float:
    return asyncio.get_running_loop().time()


def statuses(vote: dict[str, Any]) -> dict[str, str]:
    return {name: part["status"] for name, part in vote["models"].items()}
