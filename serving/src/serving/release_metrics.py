"""What a model service's metrics say of its releases: which are loaded, and what computes their models."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge

from serving.loader import LoadedRelease


class ReleaseMetrics:
    """`loads` counts by outcome: `loaded` or `refused`. `show` tells what is served from now on."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("model", "release", "engine")
        self.loads = Counter("release_loads", "Releases loaded and refused", ("outcome",), registry=registry)
        for outcome in ("loaded", "refused"):
            self.loads.labels(outcome)  # so that a first one is seen to be one more than none
        self._loaded = Gauge("release_loaded", "1 for a release that is served", ("release",), registry=registry)
        self._engine = Gauge("model_engine", "1 for the engine that serves a model", labels, registry=registry)
        self._refused = Gauge(
            "model_engine_refused", "1 for a faster engine that was refused", (*labels, "why"), registry=registry
        )

    def show(self, releases: Iterable[LoadedRelease]) -> None:
        for gauge in (self._loaded, self._engine, self._refused):
            gauge.clear()
        for release in releases:
            self._loaded.labels(release.id).set(1)
            for name, model in release.models.items():
                self._engine.labels(name, release.id, model.spec.platform).set(1)
                for engine, why in model.refused.items():
                    self._refused.labels(name, release.id, engine, why).set(1)
