import asyncio

from gateway.lane import QUEUE_ROWS

from tests.unit.gateway.fake_members import FakeBackend, members, statuses
from tests.virtual_time import run


def test_a_member_takes_no_more_rows_than_may_wait_for_it() -> None:
    async def test() -> None:
        a, late = FakeBackend(0.001), FakeBackend(0.08)
        async with members(a=a, late=late) as asked:
            asking = [asyncio.create_task(asked.ask(0.1))]
            for _ in range(3):
                await asyncio.sleep(0.02)
                asking.append(asyncio.create_task(asked.ask(*[0.2] * (QUEUE_ROWS // 2))))
            votes = [statuses(vote)["late"] for vote in await asyncio.gather(*asking)]
            assert votes == ["ok", "ok", "ok", "overloaded"]

    run(test())


def test_rows_that_nobody_waits_for_any_more_make_room() -> None:
    async def test() -> None:
        a, late = FakeBackend(0.001), FakeBackend(0.08)
        async with members(a=a, late=late) as asked:
            busy = asyncio.create_task(asked.ask(0.1))
            await asyncio.sleep(0.02)
            gone = asyncio.create_task(asked.ask(*[0.2] * QUEUE_ROWS))
            await asyncio.sleep(0.02)
            gone.cancel()
            await asyncio.sleep(0.001)
            assert asked.fanout.lanes["late"].rows_waiting == 0
            assert statuses(await asked.ask(0.3)) == {"a": "ok", "late": "ok"}
            await busy
            assert late.calls == [[0.1], [0.3]]

    run(test())


def test_what_is_closed_asks_nothing_more() -> None:
    async def test() -> None:
        a, late = FakeBackend(0.001), FakeBackend(0.08)
        async with members(a=a, late=late) as asked:
            asking = [asyncio.create_task(asked.ask(0.1))]
            await asyncio.sleep(0.02)
            asking.append(asyncio.create_task(asked.ask(0.2)))
            await asyncio.sleep(0.02)
            await asked.fanout.aclose()
            await asyncio.sleep(1)
            assert late.calls == [[0.1]]
            await asyncio.gather(*asking)

    run(test())


def test_rows_for_one_member_shut_nobody_out_who_asks_another() -> None:
    async def test() -> None:
        a, flooded = FakeBackend(0.001), FakeBackend(0.5)
        async with members(a=a, flooded=flooded) as asked:
            rows = [0.2] * 256
            flood = [asyncio.create_task(asked.ask(*rows, models=["flooded"])) for _ in range(100)]
            assert statuses(await asked.ask(0.1, models=["a"])) == {"a": "ok"}
            refused = [statuses(vote)["flooded"] for vote in await asyncio.gather(*flood)].count("overloaded")
            assert refused == 100 - QUEUE_ROWS // 256

    run(test())
