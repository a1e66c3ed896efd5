"""What the fan-out hands to the tally, and observes of its steps."""

import asyncio

import numpy as np
import pytest
from gateway.round import Answer
from serving.origin import Origin

from tests.unit.gateway.fake_members import FakeBackend, Members, members, now
from tests.virtual_time import run


def asked_of(
    asked: Members, value: float, *, deadline_s: float = 1.0, synthetic: bool = False
) -> "asyncio.Task[Answer]":
    row, origin = np.array([[value]]), Origin("", synthetic)
    return asyncio.create_task(asked.fanout.ask(row, give_up=now() + deadline_s, origin=origin))


def test_synthetic_rows_are_counted_apart_and_travel_with_the_others() -> None:
    async def test() -> None:
        a, b = FakeBackend(0.005), FakeBackend(0.005)
        async with members(a=a, b=b) as asked:
            first = asked_of(asked, 0.1)
            await asyncio.sleep(0.001)
            await asyncio.gather(first, asked_of(asked, 0.2), asked_of(asked, 0.3, synthetic=True))
            asked.tally.count()
            assert a.calls == [[0.1], [0.2, 0.3]]
            assert [asked.tally.predicted["a", synthetic].sum() for synthetic in (False, True)] == [2, 1]

    run(test())


def test_a_row_whose_time_is_up_before_the_others_of_its_round_is_counted_once() -> None:
    async def test() -> None:
        a, late = FakeBackend(0.001), FakeBackend(0.15)
        async with members(a=a, late=late) as asked:
            first = asked_of(asked, 0.1)
            await asyncio.sleep(0.0005)
            await asyncio.gather(first, asked_of(asked, 0.2, deadline_s=0.05), asked_of(asked, 0.3))
            asked.tally.count()
            counted = {(each.member, each.status): rows for each, rows in asked.tally.outcomes.items()}
            assert sum(rows for (member, _), rows in counted.items() if member == "late") == 3
            assert counted["a", "ok"] == 3

    run(test())


def test_a_step_is_observed_with_its_rows_and_the_wait_of_the_first() -> None:
    async def test() -> None:
        async with members(a=FakeBackend(0.005)) as asked:
            first = asked_of(asked, 0.1)
            await asyncio.sleep(0.001)
            await asyncio.gather(first, asked_of(asked, 0.2), asked_of(asked, 0.3))
            told = asked.registry.get_sample_value
            assert (told("fanout_rows_count"), told("fanout_rows_sum")) == (2, 3)
            assert told("fanout_wait_seconds_sum") == pytest.approx(0.004)
            assert told("member_call_seconds_sum", {"model": "a"}) == pytest.approx(0.01)

    run(test())


def test_a_call_that_is_given_up_is_observed_with_the_time_that_it_was_waited_for() -> None:
    async def test() -> None:
        async with members(a=FakeBackend(0.001), hangs=FakeBackend(1e6)) as asked:
            await asked_of(asked, 0.1)
            await asyncio.sleep(0.01)
            assert (asked.registry.get_sample_value("member_call_seconds_sum", {"model": "hangs"}) or 0) >= 0.2

    run(test())


def test_a_call_that_took_too_long_is_known_to_have_done_so_though_it_was_given_up() -> None:
    async def test() -> None:
        slow = FakeBackend(0.001)
        async with members(a=FakeBackend(0.001), slow=slow) as asked:
            await asked_of(asked, 0.1)
            slow.delay_s = 1e6
            await asked_of(asked, 0.2)
            await asyncio.sleep(0.01)
            assert asked.fanout.lanes["slow"].expected_s(1, ahead=1) >= 0.1

    run(test())


def test_rows_that_cannot_be_counted_take_nothing_from_the_other_rounds_of_their_call() -> None:
    async def test() -> None:
        a = FakeBackend(0.005)
        async with members(a=a) as asked:
            asked.tally.add = None  # type: ignore[method-assign,assignment]  # it fails when it is called
            first = asked_of(asked, 0.1)
            await asyncio.sleep(0.001)
            _, *others = await asyncio.gather(first, asked_of(asked, 0.2), asked_of(asked, 0.3, synthetic=True))
            assert a.calls == [[0.1], [0.2, 0.3]]
            assert [answer.outcome("a").status for answer in others] == ["ok", "ok"]

    run(test())
