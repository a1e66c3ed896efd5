import asyncio
import threading
from collections.abc import Callable

import numpy as np
import pytest
from prometheus_client import CollectorRegistry
from serving.batched_engine import BatchedEngine
from serving.deadline import within
from serving.engine import Probabilities, Rows
from serving.engine_metrics import EngineMetrics
from serving.engine_thread import EngineThread
from serving.errors import DeadlineExceeded
from serving.loader import LoadedModel
from serving.protocol.repository import Inference, ModelVersion

pytestmark = pytest.mark.anyio
SAMPLES = ("call_rows_count", "call_rows_sum", "call_seconds_sum", "wait_seconds_sum")


class Engine:
    """Gives each row's first number as the first class's probability; a negative one makes it fail."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.calls: list[list[float]] = []
        self.threads: list[bool] = []

    def __call__(self, rows: Rows) -> Probabilities:
        self.calls.append(rows[:, 0].tolist())
        self.threads.append(threading.current_thread() is threading.main_thread())
        self.gate.wait(5)
        if (rows[:, 0] < 0).any():
            raise ValueError("negative")
        return np.column_stack([rows[:, 0], 1 - rows[:, 0]])


def batched_engine(
    engine: Callable[[Rows], Probabilities], thread: EngineThread, registry: CollectorRegistry | None = None
) -> BatchedEngine:
    model = LoadedModel(ModelVersion("model", "r1", "engine", (), ("cat", "dog")), engine)
    return BatchedEngine(model, thread, EngineMetrics(registry or CollectorRegistry()))


def row(value: float) -> Rows:
    return np.array([[value]])


async def computing(engine: Engine, batched: BatchedEngine) -> "asyncio.Task[Inference]":
    """A call that is under way, and stays so until the gate opens."""
    engine.gate.clear()
    call = asyncio.create_task(batched.infer(row(0.1)))
    async with asyncio.timeout(10):
        while not engine.calls:
            await asyncio.sleep(0.001)
    return call


async def test_what_arrives_while_the_engine_computes_is_computed_together_next() -> None:
    engine, thread = Engine(), EngineThread()
    batched = batched_engine(engine, thread)
    first = await computing(engine, batched)
    others = [asyncio.create_task(batched.infer(row(value))) for value in (0.2, 0.3, 0.4)]
    await asyncio.sleep(0)
    engine.gate.set()
    answers = await asyncio.gather(first, *others)
    assert [answer.probabilities[0, 0] for answer in answers] == [0.1, 0.2, 0.3, 0.4]
    assert engine.calls == [[0.1], [0.2, 0.3, 0.4]]
    thread.close()


async def test_one_bad_row_fails_alone() -> None:
    engine, thread = Engine(), EngineThread()
    batched = batched_engine(engine, thread)
    answers = await asyncio.gather(*(batched.infer(row(value)) for value in (0.2, -1, 0.4)))
    assert [answer.row_errors for answer in answers] == [{}, {0: "the model raised ValueError"}, {}]
    assert [answers[0].probabilities[0, 0], answers[2].probabilities[0, 0]] == [0.2, 0.4]
    thread.close()


async def test_a_caller_that_ran_out_of_time_has_nothing_computed() -> None:
    engine, thread = Engine(), EngineThread()
    batched = batched_engine(engine, thread)
    first = await computing(engine, batched)
    with pytest.raises(DeadlineExceeded):
        async with within(0.02, DeadlineExceeded, "no answer"):
            await batched.infer(row(0.2))
    engine.gate.set()
    await first
    await batched.infer(row(0.3))
    assert engine.calls == [[0.1], [0.3]]
    thread.close()


async def test_a_quick_engine_computes_on_the_event_loop_and_a_slow_one_in_the_thread() -> None:
    engine, thread = Engine(), EngineThread()
    quick = batched_engine(engine, thread)
    for _ in range(3):
        await quick.infer(row(0.1))
    assert engine.threads == [False, True, True]

    def slow(rows: Rows) -> Probabilities:
        threading.Event().wait(0.005)
        return engine(rows)

    engine.threads.clear()
    batched = batched_engine(slow, thread)
    for _ in range(3):
        await batched.infer(row(0.1))
    assert engine.threads == [False, False, False]
    thread.close()


async def test_many_rows_are_computed_in_the_thread_although_only_single_ones_are_known() -> None:
    engine, thread = Engine(), EngineThread()
    batched = batched_engine(engine, thread)
    for rows in (1, 1, 1, 10_000):
        await batched.infer(np.zeros((rows, 1)))
    assert engine.threads[-1] is False


async def test_calls_are_observed_with_their_rows_time_and_wait() -> None:
    engine, thread, registry = Engine(), EngineThread(), CollectorRegistry()
    batched = batched_engine(engine, thread, registry)
    first = await computing(engine, batched)
    others = [asyncio.create_task(batched.infer(row(value))) for value in (0.2, 0.3)]
    await asyncio.sleep(0.02)
    engine.gate.set()
    await asyncio.gather(first, *others)
    told = {name: registry.get_sample_value(f"engine_{name}", {"model": "model"}) or 0 for name in SAMPLES}
    assert (told["call_rows_count"], told["call_rows_sum"]) == (2, 3)
    assert told["call_seconds_sum"] >= 0.02
    assert told["wait_seconds_sum"] >= 0.02
    thread.close()
