import asyncio
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from serving.batcher import Batcher, Question
from serving.errors import Overloaded

from tests.virtual_time import VirtualTimeLoop, run


class Calls:
    """A call that takes `delay_s` and answers each question with its own first number."""

    def __init__(self, delay_s: float = 0.01) -> None:
        self.delay_s = delay_s
        self.broken = False
        self.made: list[list[float]] = []

    async def __call__(self, questions: list[Question[float]]) -> None:
        self.made.append([float(question.rows[0, 0]) for question in questions])
        await asyncio.sleep(self.delay_s)
        if self.broken:
            raise ValueError("a bug")
        for question in questions:
            if question.waits:
                question.answer.set_result(float(question.rows[0, 0]))


def question(value: float, rows: int = 1) -> Question[float]:
    return Question(np.full((rows, 1), value))


def test_a_lone_question_leaves_at_once() -> None:
    async def test() -> None:
        calls = Calls()
        batcher = Batcher(calls, call_rows=10, queue_rows=10)
        lone, start = question(1), asyncio.get_running_loop().time()
        batcher.submit(lone)
        assert await lone.answer == 1
        assert asyncio.get_running_loop().time() - start == pytest.approx(0.01)

    run(test())


def test_what_arrives_while_a_call_is_under_way_leaves_together_up_to_the_rows_of_a_call() -> None:
    async def test() -> None:
        calls = Calls()
        batcher = Batcher(calls, call_rows=3, queue_rows=100)
        asked = [question(value) for value in range(6)]
        batcher.submit(asked[0])
        await asyncio.sleep(0.001)
        for each in asked[1:]:
            batcher.submit(each)
        assert await asyncio.gather(*(each.answer for each in asked)) == list(range(6))
        assert calls.made == [[0], [1, 2, 3], [4, 5]]

    run(test())


def test_a_question_longer_than_a_call_leaves_alone() -> None:
    async def test() -> None:
        calls = Calls()
        batcher = Batcher(calls, call_rows=3, queue_rows=100)
        asked = [question(1), question(2, rows=50), question(3)]
        for each in asked:
            batcher.submit(each)
        await asyncio.gather(*(each.answer for each in asked))
        assert calls.made == [[1], [2], [3]]

    run(test())


def test_of_three_callers_of_whom_the_second_is_cancelled_the_others_are_answered() -> None:
    async def test() -> None:
        calls = Calls()
        batcher = Batcher(calls, call_rows=10, queue_rows=10)
        busy, *three = (question(value) for value in range(4))
        batcher.submit(busy)
        await asyncio.sleep(0.001)
        for each in three:
            batcher.submit(each)
        three[1].answer.cancel()
        assert [await each.answer for each in (busy, three[0], three[2])] == [0, 1, 3]
        assert calls.made == [[0], [1, 3]]

    run(test())


def test_a_bug_in_a_call_is_told_to_its_callers_and_the_next_go_on() -> None:
    async def test() -> None:
        calls = Calls()
        batcher = Batcher(calls, call_rows=10, queue_rows=10)
        calls.broken = True
        unlucky, next_one = question(1), question(2)
        batcher.submit(unlucky)
        with pytest.raises(ValueError, match="a bug"):
            await unlucky.answer
        calls.broken = False
        batcher.submit(next_one)
        assert await next_one.answer == 2

    run(test())


def test_what_does_not_fit_the_queue_is_refused_and_cancelled_rows_make_room() -> None:
    async def test() -> None:
        batcher = Batcher(Calls(), call_rows=1, queue_rows=2)
        asked = [question(value) for value in range(4)]
        batcher.submit(asked[0])
        await asyncio.sleep(0.001)
        batcher.submit(asked[1])
        batcher.submit(asked[2])
        with pytest.raises(Overloaded):
            batcher.submit(asked[3])
        asked[1].answer.cancel()
        batcher.submit(asked[3])
        assert [await each.answer for each in (asked[0], asked[2], asked[3])] == [0, 2, 3]

    run(test())


def test_waking_it_makes_a_call_although_nothing_waits() -> None:
    async def test() -> None:
        calls = Calls()
        batcher = Batcher(calls, call_rows=1, queue_rows=2)
        batcher.wake()
        await asyncio.sleep(0.1)
        assert calls.made == [[]]

    run(test())


def test_closing_it_cancels_whoever_waits() -> None:
    async def test() -> None:
        batcher = Batcher(Calls(delay_s=1e6), call_rows=1, queue_rows=10)
        asked = [question(value) for value in range(2)]
        for each in asked:
            batcher.submit(each)
        await asyncio.sleep(0.001)
        await batcher.aclose()
        assert all(each.answer.cancelled() for each in asked)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(test())


class BatcherMachine(RuleBasedStateMachine):
    """Callers come and go, calls fail and hang: what waits is bounded, and whoever stays is answered in the end."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = VirtualTimeLoop()
        self.calls = Calls()
        self.batcher = Batcher(self.calls, call_rows=8, queue_rows=16)
        self.asked: list[Question[float]] = []

    def _run(self, coroutine: Any) -> Any:
        return self.loop.run_until_complete(coroutine)

    @rule(rows=st.integers(1, 20), value=st.integers(0, 9))
    def submit(self, rows: int, value: int) -> None:
        async def submit() -> None:
            new = question(value, rows)
            try:
                self.batcher.submit(new)
            except Overloaded:
                assert self.batcher.rows_waiting + rows > 16
            else:
                self.asked.append(new)

        self._run(submit())

    @rule(which=st.integers(0, 100))
    def cancel(self, which: int) -> None:
        if self.asked:
            self.asked[which % len(self.asked)].answer.cancel()

    @rule(broken=st.booleans())
    def fail_or_recover(self, broken: bool) -> None:
        self.calls.broken = broken

    @rule(delay_s=st.sampled_from([0.0, 0.01, 100.0]))
    def hang_or_recover(self, delay_s: float) -> None:
        self.calls.delay_s = delay_s

    @rule(seconds=st.sampled_from([0.0, 0.01, 1.0]))
    def wait(self, seconds: float) -> None:
        self._run(asyncio.sleep(seconds))

    @invariant()
    def what_waits_is_bounded(self) -> None:
        assert 0 <= self.batcher.rows_waiting <= 20

    def teardown(self) -> None:
        self.calls.broken, self.calls.delay_s = False, 0.0
        self.wait(101.0)
        for each in self.asked:
            assert each.answer.done()
            assert each.answer.cancelled() or each.answer.exception() or each.answer.result() == each.rows[0, 0]
        assert self.batcher.rows_waiting == 0
        assert asyncio.all_tasks(self.loop) == set()
        self.loop.close()


BatcherMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestBatcher = BatcherMachine.TestCase
