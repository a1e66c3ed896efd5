import asyncio

import numpy as np
import pytest
from gateway.fanout import STEP_S

from tests.unit.gateway.fake_members import GRACE_S, FakeBackend, members, now, statuses
from tests.virtual_time import run

HANGS = 1e6


def test_a_lone_question_goes_to_every_member_at_once() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.003), FakeBackend(0.005)
        async with members(a=a, b=b) as asked:
            start = now()
            vote = await asked.ask(0.25)
            assert now() - start == pytest.approx(0.005)
        assert (vote["prediction"], statuses(vote)) == ("dog", {"a": "ok", "b": "ok"})

    run(test())


def test_what_arrives_while_a_round_is_out_leaves_together_as_the_next() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.003), FakeBackend(0.005)
        async with members(a=a, b=b) as asked:
            first = asyncio.create_task(asked.ask(0.1))
            await asyncio.sleep(0.001)
            votes = await asyncio.gather(*(asked.ask(value / 100) for value in range(20, 60)))
            await first
        assert [len(call) for call in a.calls] == [len(call) for call in b.calls] == [1, 40]
        assert [vote["probabilities"]["cat"] for vote in votes] == [value / 100 for value in range(20, 60)]

    run(test())


def test_healthy_members_stay_in_step_whatever_their_speed() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.002), FakeBackend(0.006)
        async with members(a=a, b=b) as asked:
            asking = []
            for _ in range(100):
                asking.append(asyncio.create_task(asked.ask(0.5)))
                await asyncio.sleep(0.001)
            await asyncio.gather(*asking)
        assert a.calls == b.calls

    run(test())


def test_a_hanging_member_is_left_out_after_the_grace_and_holds_up_nobody_else() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.002), FakeBackend(HANGS)
        async with members(a=a, b=b) as asked:
            first = asyncio.create_task(asked.ask(0.1))
            await asyncio.sleep(0.001)
            start = now()
            alone = await asked.ask(0.2, models=["a"])
            assert now() - start <= 0.002 + STEP_S + 0.002
            assert statuses(alone) == {"a": "ok"}
            start = now()
            vote = await first
            assert now() - start <= GRACE_S
        assert statuses(vote) == {"a": "ok", "b": "timeout"}

    run(test())


def test_a_healthy_member_that_takes_fifty_milliseconds_a_call_is_in_every_answer() -> None:
    async def test() -> None:
        fast, slow = FakeBackend(0.002), FakeBackend(0.05)
        async with members(fast=fast, slow=slow) as asked:
            asking = []
            for _ in range(300):
                asking.append(asyncio.create_task(asked.ask(0.5)))
                await asyncio.sleep(0.002)
            votes = await asyncio.gather(*asking)
        assert {statuses(vote)["slow"] for vote in votes} == {"ok"}
        assert len(slow.calls) < len(fast.calls)

    run(test())


def test_rows_that_waited_for_a_late_member_go_to_it_merged() -> None:
    async def test() -> None:
        fast, late = FakeBackend(0.002), FakeBackend(0.1)
        async with members(fast=fast, late=late) as asked:
            asking = []
            for value in range(5):
                asking.append(asyncio.create_task(asked.ask(value / 10)))
                await asyncio.sleep(0.015)
            votes = await asyncio.gather(*asking)
        assert late.calls == [[0.0], [0.1, 0.2, 0.3, 0.4]]
        assert [vote["models"]["late"]["probability"] for vote in votes] == [1.0, 0.9, 0.8, 0.7, 0.6]

    run(test())


def test_of_three_callers_of_whom_the_second_is_cancelled_the_others_are_answered_and_its_row_is_not_asked() -> None:
    async def test() -> None:
        a = FakeBackend(0.005)
        async with members(a=a) as asked:
            busy = asyncio.create_task(asked.ask(0.0))
            await asyncio.sleep(0.001)
            first, second, third = (asyncio.create_task(asked.ask(value)) for value in (0.1, 0.2, 0.3))
            await asyncio.sleep(0.001)
            second.cancel()
            votes = await asyncio.gather(busy, first, third)
        assert a.calls == [[0.0], [0.1, 0.3]]
        assert [vote["probabilities"]["cat"] for vote in votes] == [0.0, 0.1, 0.3]

    run(test())


def test_a_row_cancelled_while_its_round_waits_for_a_member_is_not_asked_of_it() -> None:
    async def test() -> None:
        fast, late = FakeBackend(0.002), FakeBackend(0.1)
        async with members(fast=fast, late=late) as asked:
            busy = asyncio.create_task(asked.ask(0.0))
            await asyncio.sleep(0.02)
            first, second, third = (asyncio.create_task(asked.ask(value)) for value in (0.1, 0.2, 0.3))
            await asyncio.sleep(0.02)
            second.cancel()
            votes = await asyncio.gather(busy, first, third)
        assert late.calls == [[0.0], [0.1, 0.3]]
        assert [vote["models"]["late"]["probabilities"]["cat"] for vote in votes] == [0.0, 0.1, 0.3]

    run(test())


def test_a_call_that_nobody_waits_for_any_more_is_cancelled() -> None:
    async def test() -> None:
        a, b = FakeBackend(HANGS), FakeBackend(HANGS)
        async with members(a=a, b=b) as asked:
            asking = asyncio.create_task(asked.ask(0.1))
            await asyncio.sleep(0.1)
            asking.cancel()
            await asyncio.sleep(0.001)
            assert (a.cancelled, b.cancelled) == (1, 1)

    run(test())


def test_each_question_is_answered_at_its_own_deadline_with_what_is_there() -> None:
    async def test() -> None:
        async with members(a=FakeBackend(0.05), b=FakeBackend(0.15)) as asked:
            start = now()
            hurried = asyncio.create_task(asked.ask(0.1, deadline_s=0.1))
            patient = asyncio.create_task(asked.ask(0.2))
            assert statuses(await hurried) == {"a": "ok", "b": "timeout"}
            assert now() - start == pytest.approx(0.1)
            assert statuses(await patient) == {"a": "ok", "b": "ok"}

    run(test())


def test_work_that_has_expired_is_asked_of_nobody() -> None:
    async def test() -> None:
        a = FakeBackend()
        async with members(a=a) as asked:
            assert statuses(await asked.ask(0.1, deadline_s=-0.001)) == {"a": "timeout"}
        assert a.calls == []

    run(test())


def test_a_question_that_could_not_be_answered_in_time_is_refused_at_once() -> None:
    async def test() -> None:
        slow = FakeBackend(0.0, row_s=0.02)
        async with members(slow=slow) as asked:
            for rows in (1, 2, 3):
                await asked.ask(*[0.1] * rows)
            asking = [asyncio.create_task(asked.ask(0.1)) for _ in range(100)]
            start, refused_after = now(), []
            for each in asyncio.as_completed(asking):
                if statuses(await each)["slow"] == "overloaded":
                    refused_after.append(now() - start)
            answered = 100 - len(refused_after)
            assert 30 <= answered <= 50
            assert max(refused_after) <= 0.05

    run(test())


def test_a_member_that_is_asked_alone_and_is_slow_does_not_hold_up_who_asks_another() -> None:
    async def test() -> None:
        slow, quick = FakeBackend(1.0), FakeBackend(0.001)
        async with members(slow=slow, quick=quick) as asked:
            first = asyncio.create_task(asked.ask(0.1, models=["slow"], deadline_s=5))
            await asyncio.sleep(0.05)
            second = asyncio.create_task(asked.ask(0.2, models=["slow"], deadline_s=5))
            await asyncio.sleep(0.001)
            start = now()
            assert statuses(await asked.ask(0.3, models=["quick"])) == {"quick": "ok"}
            assert now() - start == pytest.approx(0.001)
            await asyncio.gather(first, second)

    run(test())


def test_a_question_may_wait_longer_for_a_late_member_than_another_of_its_round() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.001), FakeBackend(0.5)
        async with members(a=a, b=b) as asked:
            rows = np.array([[0.1]])
            single, chunk = await asyncio.gather(
                asked.fanout.ask(rows, give_up=now() + 10), asked.fanout.ask(rows, give_up=now() + 10, grace_s=2.0)
            )
            assert single.outcome("b").status == "timeout"
            assert chunk.outcome("b").status == "ok"

    run(test())
