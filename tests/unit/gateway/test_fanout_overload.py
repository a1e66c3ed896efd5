import asyncio
from collections import Counter

import pytest

from tests.unit.gateway.fake_members import GRACE_S, FakeBackend, members, statuses
from tests.virtual_time import run

ROW_S = 0.02
LONG_S = 20


@pytest.mark.parametrize("times", [0.9, 2, 4, 10])
def test_past_its_capacity_a_member_does_as_much_as_it_can(times: float) -> None:
    async def test() -> None:
        slow = FakeBackend(0.0, row_s=ROW_S)
        async with members(slow=slow) as asked:
            asking = []
            for _ in range(int(LONG_S * times / ROW_S)):
                asking.append(asyncio.create_task(asked.ask(0.1)))
                await asyncio.sleep(ROW_S / times)
            answers = Counter([statuses(await each)["slow"] for each in asking])
            assert answers["ok"] >= 0.95 * LONG_S / ROW_S * min(times, 1)
            assert answers["timeout"] <= 0.1 * answers["ok"]

    run(test())


def test_past_its_capacity_a_member_beside_quick_ones_does_as_much_as_it_can() -> None:
    async def test() -> None:
        quick, slow = FakeBackend(0.001), FakeBackend(0.0, row_s=ROW_S)
        async with members(quick=quick, slow=slow) as asked:
            asking = []
            for _ in range(int(LONG_S * 4 / ROW_S)):
                asking.append(asyncio.create_task(asked.ask(0.1)))
                await asyncio.sleep(ROW_S / 4)
            answers = Counter([statuses(await each)["slow"] for each in asking])
            assert answers["ok"] >= 0.75 * LONG_S / ROW_S

    run(test())


def test_a_member_that_takes_half_of_the_grace_a_call_is_in_every_answer_beside_quick_ones() -> None:
    async def test() -> None:
        quick, slow = FakeBackend(0.001), FakeBackend(GRACE_S / 2)
        async with members(quick=quick, slow=slow) as asked:
            asking = []
            for _ in range(1000):
                asking.append(asyncio.create_task(asked.ask(0.1)))
                await asyncio.sleep(0.005)
            assert {statuses(await each)["slow"] for each in asking} == {"ok"}

    run(test())
