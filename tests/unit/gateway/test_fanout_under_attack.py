"""Faults that a hostile reader found, each once a way to lose a healthy member or its answers."""

import asyncio

from gateway.member import Member
from gateway.outcome import Outcome
from serving.engine import Rows

from tests.unit.gateway.fake_members import FakeBackend, members, statuses
from tests.virtual_time import VirtualTimeLoop, run

HANGS = 1e6


class BusyLoop(FakeBackend):
    """Reading its answer takes the event loop `busy_s`."""

    busy_s = 0.002

    async def infer(self, member: Member, rows: Rows, classes: int, left_s: float, request_id: str) -> Outcome:
        outcome = await super().infer(member, rows, classes, left_s, request_id)
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
            seen = []

            async def bulk() -> None:
                for _ in range(20):
                    seen.append(statuses(await asked.ask(*[0.5] * 256, deadline_s=10)))

            async def singles() -> None:
                for _ in range(300):
                    asking.append(asyncio.create_task(asked.ask(0.5)))
                    await asyncio.sleep(0.01)

            asking = []
            await asyncio.gather(bulk(), bulk(), bulk(), bulk(), singles())
            votes = await asyncio.gather(*asking)
            from collections import Counter

            print(
                Counter(s["b"] for s in seen), Counter(statuses(v)["b"] for v in votes), [len(c) for c in b.calls][:60]
            )
            assert "circuit_open" not in {s["b"] for s in seen}

    run(test())


def test_waits_of_members_asked_alone() -> None:
    """models=b with b slow: what does a pay?"""

    async def test() -> None:
        a, b = FakeBackend(0.001), FakeBackend(0.05)
        async with members(a=a, b=b) as asked:
            times = []

            async def one_a() -> None:
                start = now()
                await asked.ask(0.5, models=["a"])
                times.append(now() - start)

            asking = []
            for i in range(400):
                asking.append(asyncio.create_task(asked.ask(0.5, models=["b"])))
                await asyncio.sleep(0.0013)
                asking.append(asyncio.create_task(one_a()))
                await asyncio.sleep(0.0012)
            await asyncio.gather(*asking)
            times.sort()
            print("a's p50 / p99 / max", times[len(times) // 2], times[int(len(times) * 0.99)], times[-1])

    run(test())


def test_a_hiccup_and_then_a_burst() -> None:
    async def test() -> None:
        a = FakeBackend(0.05)
        async with members(a=a) as asked:
            await asked.ask(0.5)
            a.delay_s = 0.15
            await asked.ask(0.5, 0.5)
            a.delay_s = 0.05
            votes = await asyncio.gather(*(asked.ask(0.5) for _ in range(64)))
            from collections import Counter

            print(Counter(statuses(v)["a"] for v in votes))

    run(test())


def test_alternating_sizes() -> None:
    async def test() -> None:
        import random

        draw = random.Random(1)
        refused = {}
        for seed in range(30):
            draw = random.Random(seed)

            class Noisy(FakeBackend):
                async def infer(self, *args):
                    self.delay_s = draw.choice([0.002] * 9 + [0.1])
                    return await super().infer(*args)

            a = Noisy()
            async with members(a=a) as asked:
                asking = []
                for _ in range(500):
                    for _ in range(draw.choice([1, 1, 2, 40])):
                        asking.append(asyncio.create_task(asked.ask(0.5)))
                    await asyncio.sleep(draw.choice([0.001, 0.01, 0.05]))
                votes = await asyncio.gather(*asking)
                refused[seed] = sum(statuses(v)["a"] == "overloaded" for v in votes), len(votes)
        print(refused)

    run(test())
