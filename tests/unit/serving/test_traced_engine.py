"""A span is an engine's computation: of whose rows, how many, and whether it failed."""

import asyncio
import threading

import numpy as np
import pytest
from opentelemetry.trace import Span, SpanKind, StatusCode
from prometheus_client import CollectorRegistry
from serving.engine import Probabilities, Rows
from serving.engine_metrics import EngineMetrics
from serving.engine_thread import EngineThread
from serving.loader import LoadedModel
from serving.protocol.repository import Inference, ModelVersion
from serving.traced_engine import TracedEngine
from serving.tracing import CURRENT_SPAN

from tests.kept_spans import KeptSpans, attributes, links, parent

pytestmark = pytest.mark.anyio
SPEC = ModelVersion("forest", "release-1", "onnx", (), ("cat", "dog"))


def traced(kept: KeptSpans, engine: "Engine", thread: EngineThread) -> TracedEngine:
    return TracedEngine(kept.tracer, LoadedModel(SPEC, engine), thread, EngineMetrics(CollectorRegistry()))


class Engine:
    """Waits for the gate; a negative number makes it fail."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.begun = threading.Event()

    def __call__(self, rows: Rows) -> Probabilities:
        self.begun.set()
        self.gate.wait(5)
        if (rows < 0).any():
            raise ValueError("negative")
        return np.tile([0.5, 0.5], (len(rows), 1))


async def asked(batched: TracedEngine, span: Span, *values: float) -> Inference:
    """As the request of that span asks."""
    CURRENT_SPAN.set(span)
    return await batched.infer(np.array([[value] for value in values]))


async def test_a_batch_is_in_the_trace_of_its_first_request_and_linked_to_the_others() -> None:
    kept, engine, thread = KeptSpans(), Engine(), EngineThread()
    batched = traced(kept, engine, thread)
    spans = [kept.tracer.start(name, SpanKind.SERVER) for name in ("first", "second", "third")]
    first = asyncio.create_task(asked(batched, spans[0], 1))
    assert await asyncio.to_thread(engine.begun.wait, 5)
    others = [asyncio.create_task(asked(batched, span, 1, 2)) for span in spans[1:]]
    await asyncio.sleep(0)
    engine.gate.set()
    await asyncio.gather(first, *others)
    alone, merged = kept.ended
    [*contexts] = [(each.get_span_context().trace_id, each.get_span_context().span_id) for each in spans]
    assert (parent(alone), links(alone)) == (contexts[0], [])
    assert (parent(merged), links(merged)) == (contexts[1], [contexts[2]])
    assert attributes(merged) == {
        "triptych.engine": "onnx",
        "triptych.model": "forest",
        "triptych.release": "release-1",
        "triptych.requests": 2,
        "triptych.rows": 4,
    }
    thread.close()


async def test_a_computation_that_fails_is_told_without_its_words() -> None:
    kept, engine, thread = KeptSpans(), Engine(), EngineThread()
    engine.gate.set()
    batched = traced(kept, engine, thread)
    answer = await asked(batched, kept.tracer.start("request", SpanKind.SERVER), 1, -1)
    assert list(answer.row_errors) == [1]
    told = [(attributes(span)["triptych.rows"], span.status.status_code is StatusCode.ERROR) for span in kept.ended]
    assert told == [(2, True), (1, False), (1, True)]
    assert not any(span.events or span.status.description for span in kept.ended)
    thread.close()


async def test_what_no_traced_request_asks_has_no_span() -> None:
    kept, engine, thread = KeptSpans(), Engine(), EngineThread()
    engine.gate.set()
    await traced(kept, engine, thread).infer(np.array([[1.0]]))
    assert kept.ended == []
    thread.close()
