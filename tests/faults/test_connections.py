"""Clients that go away, and connections that were kept for too long."""

import asyncio
import json
import random
from collections import Counter

import httpx2
import pytest

from tests.faults.load import failed, members
from tests.faults.sick_members import ROW_S
from tests.flower import FLOWER
from tests.open_loop import OpenLoop, run
from tests.processes import until
from tests.stack import Stack

pytestmark = pytest.mark.long

QUESTION = json.dumps(FLOWER).encode()
CANCELLED_FOR_S = 60
KEPT_S = 2.0  # as short-kept.yml has it


@pytest.mark.parametrize("altered_stack", ["sick-members.yml"], indirect=True)
def test_nothing_leaks_when_half_the_calls_are_cancelled(altered_stack: Stack) -> None:
    """A slow member is asked too, so that a call is under way for long enough to be cancelled in it."""
    query = "/predict?models=random_forest,k_neighbors,neural_network,slow"
    until(altered_stack.all_ready, seconds=60, what="all models to be ready")
    run(OpenLoop(altered_stack.port, query, QUESTION).at_rate(20, 5))
    before = held(altered_stack)
    print(run(half_cancelled(f"{altered_stack.url}{query}", per_second=30)))
    after = OpenLoop(altered_stack.port, query, QUESTION)
    run(after.at_rate(20, 5))
    assert [each.status for each in after.answers] == [200] * 100
    assert all(set(members(each).values()) == {"ok"} for each in after.answers)
    until(lambda: no_more(held(altered_stack), before), seconds=100, what=f"{before} again")  # servers close after 75 s
    print(f"{before} before, {held(altered_stack)} after")


async def half_cancelled(url: str, per_second: float) -> Counter[str]:
    """Calls at fixed times, of which a random half ends with the client gone before the slow member can answer."""
    draw = random.Random(4)

    async def call(client: httpx2.AsyncClient, patience_s: float) -> str:
        try:
            async with asyncio.timeout(patience_s):
                return str((await client.post(url, json=FLOWER)).status_code)
        except TimeoutError:
            return "cancelled"

    async with httpx2.AsyncClient(trust_env=False, timeout=10) as client, asyncio.TaskGroup() as calls:
        tasks = []
        for _ in range(int(CANCELLED_FOR_S * per_second)):
            patience_s = draw.choice([10, draw.uniform(0, ROW_S)])
            tasks.append(calls.create_task(call(client, patience_s)))
            await asyncio.sleep(1 / per_second)
    return Counter(task.result() for task in tasks)


def no_more(now: dict[str, float], before: dict[str, float]) -> bool:
    return all(now[what] <= before[what] for what in before)


def held(stack: Stack) -> dict[str, float]:
    """What each service has under way: requests, and files, connections among them."""
    return {
        f"{service} {metric}": stack.metric(service, metric)[0].value
        for service in ("gateway", "model-sklearn", "model-tf")
        for metric in ("http_requests_in_flight", "process_open_fds")
    }


@pytest.mark.parametrize("altered_stack", ["short-kept.yml"], indirect=True)
def test_stale_connections_cost_nothing(altered_stack: Stack) -> None:
    """2,000 requests in bursts of 100, each about when the servers close what the last one left idle."""
    until(altered_stack.all_ready, seconds=60, what="all models to be ready")
    draw = random.Random(4)

    async def bursts(load: OpenLoop) -> None:
        for _ in range(20):
            await load.at_once(100)
            await asyncio.sleep(KEPT_S + draw.uniform(-0.05, 0.05))
        await load.close()

    load = OpenLoop(altered_stack.port, "/predict", QUESTION)
    run(bursts(load))
    assert len(load.answers) == 2_000
    assert not failed(load)
    assert {"error", "unavailable"}.isdisjoint(status for each in load.answers for status in members(each).values())
