"""The models that a model service computes itself, as the protocol's routes ask for them."""

from collections.abc import Callable
from weakref import WeakKeyDictionary

from serving.batched_engine import BatchedEngine
from serving.deadline import within
from serving.draining import Draining
from serving.engine import Rows
from serving.engine_metrics import EngineMetrics
from serving.engine_thread import EngineThread
from serving.errors import DeadlineExceeded, NotFound
from serving.loaded_releases import LoadedReleases
from serving.loader import LoadedModel
from serving.origin import Origin
from serving.protocol.repository import Inference, ModelVersion


class EngineRepository:
    """The models that this process computes itself. `batched` makes the engine that a model's callers share."""

    def __init__(
        self,
        service: str,
        releases: LoadedReleases,
        thread: EngineThread,
        draining: Draining,
        metrics: EngineMetrics,
        batched: Callable[[LoadedModel, EngineThread, EngineMetrics], BatchedEngine] = BatchedEngine,
    ) -> None:
        self.service = service
        self._releases = releases
        self._thread = thread
        self._draining = draining
        self._metrics = metrics
        self._make_batched = batched
        self._engines: WeakKeyDictionary[LoadedModel, BatchedEngine] = WeakKeyDictionary()

    def index(self) -> list[ModelVersion]:
        return [model.spec for model in self._releases.models()]

    def find(self, name: str, version: str | None) -> ModelVersion:
        model = self._releases.find(name, version)
        if model is None:
            raise NotFound(f"{self.service} serves no such model and version: POST /v2/repository/index lists them")
        return model.spec

    def ready(self, model: ModelVersion) -> bool:
        return True  # a model that was found is loaded

    async def infer(self, model: ModelVersion, rows: Rows, *, deadline_ms: float, origin: Origin) -> Inference:
        loaded = self._releases.find(model.name, model.version)
        if loaded is None:
            raise NotFound(f"{model.name} of release {model.version} was just replaced: ask again")
        async with within(deadline_ms / 1000, DeadlineExceeded, "no answer"):
            return await self._batched(loaded).infer(rows)

    def live(self) -> bool:
        return not self._thread.stuck()

    def readiness(self, caller_serves: str | None) -> dict[str, object]:
        releases = self._releases
        if caller_serves:
            releases.ask_for(caller_serves)
        return {
            "ready": bool(releases.ids) and not self._draining.begun,
            "releases": releases.ids,
            "models": [_told(model) for model in releases.models()],
            "refused": dict([releases.refused]) if releases.refused else {},
            "detail": "it is about to stop" if self._draining.begun else releases.problem,
        }

    def _batched(self, model: LoadedModel) -> BatchedEngine:
        batched = self._engines.get(model)
        if batched is None:
            batched = self._engines[model] = self._make_batched(model, self._thread, self._metrics)
        return batched


def _told(model: LoadedModel) -> dict[str, object]:
    spec = model.spec
    return {
        "name": spec.name,
        "version": spec.version,
        "engine": spec.platform,
        "engines_refused": model.refused,
    }
