import asyncio
import threading

import pytest
from serving.deadline import within
from serving.engine_thread import STUCK_AFTER_S, EngineThread
from serving.errors import DeadlineExceeded

pytestmark = pytest.mark.anyio


async def test_a_call_whose_caller_ran_out_of_time_before_its_turn_is_never_made() -> None:
    thread, gate, made = EngineThread(), threading.Event(), []
    running = asyncio.create_task(thread.run(lambda: gate.wait(5)))
    await asyncio.sleep(0)
    with pytest.raises(DeadlineExceeded):
        async with within(0.02, DeadlineExceeded, "no answer"):
            await thread.run(lambda: made.append("expired"))
    gate.set()
    await running
    await thread.run(lambda: made.append("in time"))
    assert made == ["in time"]
    thread.close()


async def test_a_call_that_goes_on_for_too_long_is_told() -> None:
    now = 100.0
    thread, gate, began = EngineThread(clock=lambda: now), threading.Event(), threading.Event()

    def hang() -> None:
        began.set()
        gate.wait(5)

    running = asyncio.create_task(thread.run(hang))
    await asyncio.to_thread(began.wait, 5)
    assert not thread.stuck()
    now += STUCK_AFTER_S + 1
    assert thread.stuck()
    gate.set()
    await running
    assert not thread.stuck()
    thread.close()
