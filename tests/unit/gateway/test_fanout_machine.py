"""Whatever happens to callers and members, in whatever order: nobody waits for ever, and what waits is bounded."""

import asyncio
from typing import Any

from gateway.breaker import LONGEST_OPEN_S
from gateway.fanout import STEP_S
from gateway.lane import QUEUE_ROWS
from gateway.outcome import Outcome
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from serving.errors import Overloaded

from tests.unit.gateway.fake_members import FakeBackend, Members, statuses
from tests.virtual_time import VirtualTimeLoop

NAMES = ("a", "b", "c")
names = st.sampled_from(NAMES)
BROKEN = Outcome("error", "it broke", fault=True)


class FanoutMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = VirtualTimeLoop()
        self.backends = {name: FakeBackend(0.002 * i) for i, name in enumerate(NAMES)}
        self.members = self._run(self._made())
        self.asking: list[tuple[float, asyncio.Task[dict[str, Any]]]] = []

    async def _made(self) -> Members:
        return Members(**self.backends)

    def _run(self, coroutine: Any) -> Any:
        return self.loop.run_until_complete(coroutine)

    @rule(
        rows=st.sampled_from([1, 1, 1, 100, 1000, 5000]),
        deadline_s=st.sampled_from([0.001, 0.1, 1.0]),
        asked=st.none() | st.lists(names, min_size=1, unique=True),
    )
    def submit(self, rows: int, deadline_s: float, asked: list[str] | None) -> None:
        question = self.members.ask(*[0.5] * rows, deadline_s=deadline_s, models=asked)
        self.asking.append((self.loop.now + deadline_s, self.loop.create_task(question)))

    @rule(which=st.integers(0, 100))
    def cancel(self, which: int) -> None:
        if self.asking:
            self.asking[which % len(self.asking)][1].cancel()

    @rule(name=names)
    def fail(self, name: str) -> None:
        self.backends[name].broken = BROKEN

    @rule(name=names)
    def hang(self, name: str) -> None:
        self.backends[name].delay_s = 1e6

    @rule(name=names)
    def recover(self, name: str) -> None:
        self.backends[name].broken = None
        self.backends[name].delay_s = 0.001

    @rule(seconds=st.sampled_from([0.0, 0.001, 0.01, 0.2, 1.0, 5.0]))
    def wait(self, seconds: float) -> None:
        self._run(asyncio.sleep(seconds))
        self.asking = [(due, task) for due, task in self.asking if not self._over(task)]

    @staticmethod
    def _over(task: "asyncio.Task[dict[str, Any]]") -> bool:
        if task.done() and not task.cancelled() and task.exception():
            assert isinstance(task.exception(), Overloaded)
        return task.done()

    @invariant()
    def nobody_waits_longer_past_the_deadline_than_a_step_takes(self) -> None:
        assert all(task.done() or self.loop.now <= due + 2 * STEP_S + 1e-3 for due, task in self.asking)

    @invariant()
    def what_waits_is_bounded(self) -> None:
        for lane in self.members.fanout.lanes.values():
            assert 0 <= lane.rows_waiting <= QUEUE_ROWS

    def teardown(self) -> None:
        for name in NAMES:
            self.recover(name)
        self.wait(2 * LONGEST_OPEN_S)
        self._run(self.members.ask(0.5))  # the probe
        assert set(statuses(self._run(self.members.ask(0.5))).values()) == {"ok"}
        assert self.asking == []
        self._run(self.members.fanout.aclose())
        assert asyncio.all_tasks(self.loop) == set()
        self.loop.close()


FanoutMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestFanout = FanoutMachine.TestCase
