"""The models that a model service computes itself, as the protocol's routes ask for them."""

from serving.bisection import bisect
from serving.deadline import within
from serving.engine import Rows
from serving.engine_thread import EngineThread
from serving.errors import NotFound
from serving.loaded_releases import LoadedReleases
from serving.protocol.repository import Inference, ModelVersion


class EngineRepository:
    """The models that this process computes itself."""

    def __init__(self, service: str, releases: LoadedReleases, thread: EngineThread) -> None:
        self.service = service
        self._releases = releases
        self._thread = thread

    def index(self) -> list[ModelVersion]:
        return [model.spec for model in self._releases.models()]

    def find(self, name: str, version: str | None) -> ModelVersion:
        model = self._releases.find(name, version)
        if model is None:
            raise NotFound(f"{self.service} serves no such model and version: POST /v2/repository/index lists them")
        return model.spec

    def ready(self, model: ModelVersion) -> bool:
        return True  # a model that was found is loaded

    async def infer(self, model: ModelVersion, rows: Rows, *, deadline_ms: float) -> Inference:
        loaded = self._releases.find(model.name, model.version)
        if loaded is None:
            raise NotFound(f"{model.name} of release {model.version} was just replaced: ask again")
        engine = loaded.engine
        async with within(deadline_ms):
            result = await self._thread.run(lambda: bisect(engine, rows, len(model.classes)))
        return Inference(*result)

    def live(self) -> bool:
        return not self._thread.stuck()

    def readiness(self) -> dict[str, object]:
        releases = self._releases
        refused = dict([releases.refused]) if releases.refused else {}
        return {
            "ready": bool(releases.ids),
            "releases": releases.ids,
            "models": {model.spec.name: model.spec.platform for model in reversed(releases.models())},
            "refused": refused,
            "detail": releases.problem,
        }
