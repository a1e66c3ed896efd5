"""The models that a model service computes itself, as the protocol's routes ask for them."""

from serving.bisection import bisect
from serving.deadline import within
from serving.engine import Probabilities, Rows, probabilities
from serving.engine_thread import EngineThread
from serving.errors import NotFound
from serving.loaded_releases import LoadedReleases
from serving.loader import LoadedModel
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

    async def infer(self, model: ModelVersion, rows: Rows, *, deadline_ms: float, request_id: str) -> Inference:
        loaded = self._releases.find(model.name, model.version)
        if loaded is None:
            raise NotFound(f"{model.name} of release {model.version} was just replaced: ask again")
        engine, classes = loaded.engine, len(model.classes)

        async def ask(part: Rows) -> Probabilities:
            return await self._thread.run(lambda: probabilities(engine, part, classes))

        async with within(deadline_ms):
            return Inference(*await bisect(ask, rows, classes))

    def live(self) -> bool:
        return not self._thread.stuck()

    def readiness(self, caller_serves: str | None) -> dict[str, object]:
        releases = self._releases
        if caller_serves:
            releases.ask_for(caller_serves)
        return {
            "ready": bool(releases.ids),
            "releases": releases.ids,
            "models": [_told(model) for model in releases.models()],
            "refused": dict([releases.refused]) if releases.refused else {},
            "detail": releases.problem,
        }


def _told(model: LoadedModel) -> dict[str, object]:
    spec = model.spec
    return {
        "name": spec.name,
        "version": spec.version,
        "engine": spec.platform,
        "engines_refused": model.refused,
    }
