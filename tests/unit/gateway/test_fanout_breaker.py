"""When a member is left alone, and when it is asked again."""

import asyncio
from typing import Any

import pytest
from gateway.fanout import STEP_S
from gateway.outcome import Outcome

from tests.unit.gateway.fake_members import FakeBackend, members, now, statuses
from tests.virtual_time import run

HANGS = 1e6


def test_a_member_that_hangs_is_left_alone_once_five_rows_in_a_row_waited_in_vain() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.002), FakeBackend(HANGS)
        async with members(a=a, b=b) as asked:
            votes = await asyncio.gather(*(asked.ask(0.1) for _ in range(5)))
            assert {statuses(vote)["b"] for vote in votes} == {"timeout"}
            start = now()
            assert statuses(await asked.ask(0.2)) == {"a": "ok", "b": "circuit_open"}
            assert now() - start <= 0.002 + STEP_S
            assert (len(b.calls), b.cancelled) == (1, 1)

    run(test())


def test_whoever_waits_for_a_member_when_its_breaker_opens_is_answered_then() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.002), FakeBackend(HANGS)
        async with members(a=a, b=b) as asked:
            early = [asyncio.create_task(asked.ask(0.1)) for _ in range(5)]
            await asyncio.sleep(0.15)
            start = now()
            assert statuses(await asked.ask(0.2)) == {"a": "ok", "b": "circuit_open"}
            assert now() - start <= 0.06
            await asyncio.gather(*early)

    run(test())


def test_a_member_that_recovers_is_whole_again_after_one_probe() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.002), FakeBackend(HANGS)
        async with members(a=a, b=b) as asked:
            await asyncio.gather(*(asked.ask(0.1) for _ in range(5)))
            b.delay_s = 0.002
            await asyncio.sleep(1.5)
            b.calls.clear()
            during = await asyncio.gather(*(asked.ask(value / 10) for value in range(10)))
            assert sorted(statuses(vote)["b"] for vote in during) == ["circuit_open"] * 9 + ["ok"]
            assert b.calls == [[0.0]]
            assert statuses(await asked.ask(0.2))["b"] == "ok"

    run(test())


def test_impatient_callers_do_not_have_a_healthy_member_left_alone() -> None:
    async def test() -> None:
        async with members(a=FakeBackend(0.05)) as asked:
            for _ in range(20):
                assert statuses(await asked.ask(0.1, deadline_s=0.01)) == {"a": "timeout"}
            assert statuses(await asked.ask(0.1)) == {"a": "ok"}

    run(test())


@pytest.mark.parametrize(
    ("outcome", "left_alone"),
    [
        (Outcome("error", "it broke", fault=True), True),
        (Outcome("unavailable", "connection refused", fault=True), True),
        (Outcome("overloaded", "too much"), False),
        (Outcome("unavailable", "it does not serve release r1"), False),
    ],
)
def test_faults_open_the_breaker_and_refusals_do_not(outcome: Outcome, left_alone: bool) -> None:
    async def test() -> None:
        a = FakeBackend()
        a.broken = outcome
        async with members(a=a) as asked:
            for _ in range(5):
                assert statuses(await asked.ask(0.1)) == {"a": outcome.status}
            assert (statuses(await asked.ask(0.1)) == {"a": "circuit_open"}) is left_alone

    run(test())


def test_a_member_whose_backend_is_ready_again_is_asked_at_once() -> None:
    async def test() -> None:
        a: Any = FakeBackend(0.002)
        b: Any = FakeBackend(HANGS)
        async with members(a=a, b=b) as asked:
            await asyncio.gather(*(asked.ask(0.1) for _ in range(5)))
            b.delay_s = 0.002
            assert statuses(await asked.ask(0.2))["b"] == "circuit_open"
            asked.fanout.recovered(a)
            assert statuses(await asked.ask(0.2))["b"] == "circuit_open"
            asked.fanout.recovered(b)
            assert statuses(await asked.ask(0.2))["b"] == "ok"

    run(test())
