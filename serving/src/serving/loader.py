"""Loading a release: for each model the first kind of engine that reproduces the golden rows."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from serving.engine import Engine, EngineKind
from serving.errors import EngineFailed, ReleaseDamaged
from serving.golden import check_golden_rows
from serving.protocol.repository import ModelVersion
from serving.store import Framework, Manifest, Model, ReleaseStore

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class LoadedModel:
    """`refused` are the faster engines that were tried in vain, and why."""

    spec: ModelVersion
    engine: Engine
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LoadedRelease:
    """One framework's models of a release, ready to answer."""

    id: str
    models: dict[str, LoadedModel]


class ReleaseLoader:
    """Knows the engines of one framework, the fastest kind first."""

    def __init__(self, store: ReleaseStore, framework: Framework, kinds: Sequence[EngineKind]) -> None:
        self.store = store
        self.framework = framework
        self._kinds = kinds

    def load(self, release_id: str) -> LoadedRelease:
        """Check, load and try every model of ours in a release. Raises the store's errors, or EngineFailed."""
        manifest = self.store.manifest(release_id)
        models = {model.name: self._load_model(manifest, model) for model in manifest.models_of(self.framework)}
        return LoadedRelease(release_id, models)

    def _load_model(self, manifest: Manifest, model: Model) -> LoadedModel:
        refused: dict[str, str] = {}
        for kind in self._kinds:
            try:
                engine = self._load_engine(manifest, model, kind)
            except EngineFailed as error:
                refused[kind.name] = error.detail
                logger.warning("engine refused", extra={"model": model.name, "engine": kind.name, "why": error.detail})
                continue
            spec = ModelVersion(model.name, manifest.id, kind.name, manifest.features, manifest.classes)
            return LoadedModel(spec, engine, refused)
        reasons = "; ".join(f"{name}: {why}" for name, why in refused.items())
        raise EngineFailed(f"no engine serves {model.name} ({reasons})")

    def _load_engine(self, manifest: Manifest, model: Model, kind: EngineKind) -> Engine:
        file = model.file(kind.file)
        if file is None:
            raise EngineFailed(f"the release has no {kind.file}")
        content = self.store.model_file(manifest, model, file)
        try:
            engine = kind.load(content, manifest)
        except EngineFailed:
            raise
        except Exception as error:
            raise EngineFailed(f"it does not load: {type(error).__name__}") from error
        if model.name not in manifest.golden.probabilities:
            raise ReleaseDamaged(f"release {manifest.id} has no golden rows for {model.name}")
        check_golden_rows(engine, manifest, model.name, kind.precision)
        return engine
