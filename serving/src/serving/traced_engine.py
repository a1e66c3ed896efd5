"""An engine that many callers share, with a span for each of its computations."""

from collections.abc import Sequence

from opentelemetry.trace import Span, SpanKind
from opentelemetry.util.types import AttributeValue

from serving.batched_engine import BatchedEngine
from serving.batcher import Question
from serving.engine import Probabilities, Rows
from serving.engine_metrics import EngineMetrics
from serving.engine_thread import EngineThread
from serving.loader import LoadedModel
from serving.protocol.repository import Inference
from serving.tracer import Tracer, fail


class TracedEngine(BatchedEngine):
    """A span is the computation alone, not the wait for it; one that fails is followed by those of its halves."""

    def __init__(self, tracer: Tracer, model: LoadedModel, thread: EngineThread, metrics: EngineMetrics) -> None:
        super().__init__(model, thread, metrics)
        self._tracer = tracer
        self._spec = model.spec
        self._askers: Sequence[Span | None] = ()

    async def _compute(self, questions: list[Question[Inference]]) -> None:
        self._askers = [question.span for question in questions]
        await super()._compute(questions)

    def _timed(self, rows: Rows) -> Probabilities:
        attributes: dict[str, AttributeValue] = {
            "triptych.model": self._spec.name,
            "triptych.release": self._spec.version,
            "triptych.engine": self._spec.platform,
            "triptych.rows": len(rows),
        }
        span = self._tracer.start_for(self._askers, f"compute {self._spec.name}", SpanKind.INTERNAL, attributes)
        try:
            return super()._timed(rows)
        except Exception as error:
            if span:
                fail(span, type(error).__name__)
            raise
        finally:
            if span:
                span.end()
