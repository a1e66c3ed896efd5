"""Faults that a hostile reader found, each once a way to lose a healthy member or its answers."""

import asyncio
from collections.abc import Sequence

import numpy as np
from gateway.member import Member
from gateway.outcome import Outcome
from gateway.round import Answer
from serving.engine import Rows
from serving.origin import Origin

from tests.unit.gateway.fake_members import FakeBackend, members, now, statuses
from tests.virtual_time import VirtualTimeLoop, run

HANGS = 1e6


class BusyLoop(FakeBackend):
    """Reading its answer takes the event loop `busy_s`."""

    busy_s = 0.002

    async def infer(
        self, member: Member, rows: Rows, classes: int, left_s: float, request_ids: Sequence[str]
    ) -> Outcome:
        outcome = await super().infer(member, rows, classes, left_s, request_ids)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualTimeLoop)
        loop.now += self.busy_s
        return outcome


def test_a_member_whose_call_is_cancelled_before_it_began_is_asked_again() -> None:
    async def test() -> None:
        a = BusyLoop(0.05)
        async with members(a=a) as asked:
            first = asyncio.create_task(asked.ask(0.1))
            await asyncio.sleep(0.02)
            hurried = asyncio.create_task(asked.ask(0.2, deadline_s=0.031))
            await asyncio.gather(first, hurried)
            assert statuses(await asked.ask(0.3)) == {"a": "ok"}

    run(test())


def test_a_call_cancelled_before_it_began_frees_its_member() -> None:
    async def test() -> None:
        a = FakeBackend(0.05)
        async with members(a=a) as asked:
            first = asyncio.create_task(asked.ask(0.1))
            await asyncio.sleep(0)
            hurried = asyncio.create_task(asked.ask(0.2, deadline_s=0.05))
            await asyncio.gather(first, hurried)
            assert statuses(await asked.ask(0.3)) == {"a": "ok"}

    run(test())


def test_a_round_that_nobody_waits_for_does_not_harm_the_rounds_of_the_same_call() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.1), FakeBackend(0.11)
        async with members(a=a, b=b) as asked:
            busy = asyncio.create_task(asked.ask(0.0))
            await asyncio.sleep(0.02)
            gone = asyncio.create_task(asked.ask(0.1))
            await asyncio.sleep(0.02)
            stays = asyncio.create_task(asked.ask(0.2))
            await busy
            await asyncio.sleep(0.04)
            gone.cancel()
            assert statuses(await stays) == {"a": "ok", "b": "ok"}

    run(test())


def test_one_slow_call_does_not_have_a_healthy_member_refused_for_ever() -> None:
    async def test() -> None:
        a = FakeBackend(0.9)
        async with members(a=a) as asked:
            assert statuses(await asked.ask(0.1)) == {"a": "ok"}
            a.delay_s = 0.001
            await asyncio.sleep(60)
            assert statuses(await asked.ask(0.1)) == {"a": "ok"}

    run(test())


def test_a_call_that_nobody_waits_for_since_the_breaker_opened_is_cancelled() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.6), FakeBackend(HANGS)
        async with members(a=a, b=b) as asked:
            long = asyncio.create_task(asked.ask(0.1, deadline_s=10))
            await asyncio.sleep(0.02)
            await asyncio.gather(*(asked.ask(0.1, deadline_s=0.3, models=["b"]) for _ in range(5)))
            await long
            await asyncio.sleep(0.01)
            assert b.cancelled == 1

    run(test())


def test_a_question_is_told_its_own_refusal() -> None:
    async def test() -> None:
        b = FakeBackend()
        b.broken = Outcome("error", "it broke", fault=True)
        async with members(b=b) as asked:
            for _ in range(5):
                await asked.ask(0.1)
            expired, refused = await asyncio.gather(asked.ask(0.1, deadline_s=-1), asked.ask(0.1))
            assert statuses(expired) == {"b": "timeout"}
            assert statuses(refused) == {"b": "circuit_open"}

    run(test())


def test_singles_beside_bulk_work_do_not_open_the_breaker_of_a_healthy_member() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.002), FakeBackend(0.001, row_s=0.0004)  # a chunk of 256 takes 100 ms
        async with members(a=a, b=b) as asked:

            async def bulk() -> list[str]:
                return [statuses(await asked.ask(*[0.5] * 256, deadline_s=10))["b"] for _ in range(20)]

            async def singles() -> None:
                asking = []
                for _ in range(300):
                    asking.append(asyncio.create_task(asked.ask(0.5)))
                    await asyncio.sleep(0.01)
                await asyncio.gather(*asking)

            seen = await asyncio.gather(bulk(), bulk(), bulk(), bulk(), singles())
            assert "circuit_open" not in {status for each in seen if each for status in each}

    run(test())


def test_a_lone_row_travels_under_its_own_request_id_although_another_of_its_round_is_gone() -> None:
    async def test() -> None:
        a = FakeBackend(0.05)
        async with members(a=a) as asked:
            row = np.array([[0.1]])

            def ask(name: str) -> "asyncio.Task[Answer]":
                return asyncio.create_task(asked.fanout.ask(row, give_up=now() + 1, origin=Origin(name)))

            first = ask("first")
            await asyncio.sleep(0.02)
            gone, stays = ask("gone"), ask("stays")
            await asyncio.sleep(0.02)
            gone.cancel()
            await asyncio.gather(first, stays)
            assert a.request_ids == [["first"], ["stays"]]

    run(test())


def test_short_deadlines_do_not_have_a_member_left_alone_that_needs_longer() -> None:
    async def test() -> None:
        slow = FakeBackend(0.3)
        async with members(slow=slow) as asked:
            hurried = []
            for _ in range(40):
                hurried.append(asyncio.create_task(asked.ask(0.1, deadline_s=0.21)))
                await asyncio.sleep(0.05)
            assert statuses(await asked.ask(0.2)) == {"slow": "ok"}
            await asyncio.gather(*hurried)

    run(test())


def test_a_member_that_refuses_at_once_does_not_have_another_refused_that_takes_longer_than_the_grace() -> None:
    async def test() -> None:
        refuses, slow = FakeBackend(0.001), FakeBackend(0.3)
        refuses.broken = Outcome("overloaded", "too much")
        async with members(refuses=refuses, slow=slow) as asked:
            asking = []
            for _ in range(200):
                asking.append(asyncio.create_task(asked.ask(0.1)))
                await asyncio.sleep(0.02)
            answered = [statuses(await each)["slow"] for each in asking]
            assert answered.count("ok") >= 195

    run(test())
