"""The releases that a model service serves: the current one and the one before it, kept in step with the store."""

import asyncio
import logging
import time

from prometheus_client import CollectorRegistry, Counter, Gauge

from serving.errors import ServingError
from serving.loader import LoadedModel, LoadedRelease, ReleaseLoader

logger = logging.getLogger(__name__)
POLL_S = 0.5
RETRY_REFUSED_S = 10.0


class LoadedReleases:
    """Newest first. A release that cannot be served leaves the last good one in place and is named in `refused`."""

    def __init__(self, loader: ReleaseLoader, registry: CollectorRegistry) -> None:
        self._loader = loader
        self._loaded: tuple[LoadedRelease, ...] = ()
        self.problem: str | None = "the service has just started"
        self.refused: tuple[str, str] | None = None
        self._retry_at = 0.0
        self._loads = Counter("release_loads", "Releases loaded and refused", ("outcome",), registry=registry)
        self._info = Gauge("release_loaded", "1 for a release that is served", ("release",), registry=registry)

    @property
    def ids(self) -> list[str]:
        return [release.id for release in self._loaded]

    def models(self) -> list[LoadedModel]:
        """All that is served, the current release's first."""
        return [model for release in self._loaded for model in release.models.values()]

    def find(self, name: str, version: str | None) -> LoadedModel | None:
        """A model of that release, or of the current one."""
        for release in self._loaded:
            if version is None or release.id == version:
                return release.models.get(name)
        return None

    async def follow(self) -> None:
        """Follow the store for as long as the process lives; loading happens in a thread of its own."""
        while True:
            try:
                await asyncio.to_thread(self.catch_up)
            except Exception as error:  # noqa: BLE001 - whatever it was, the last good release goes on being served
                self._report(f"following the store failed: {error!r}", error)
            await asyncio.sleep(POLL_S)

    def catch_up(self) -> None:
        """Look once at what the store's current release is, and load it if it is not served yet."""
        try:
            wanted = self._loader.store.current_id()
        except ServingError as error:
            self._report(error.detail)
            return
        if self.ids and self.ids[0] == wanted:
            self.refused = None
            self._report(None)
            return
        if self.refused and self.refused[0] == wanted and time.monotonic() < self._retry_at:
            return
        loaded = next((release for release in self._loaded if release.id == wanted), None) or self._load(wanted)
        if isinstance(loaded, LoadedRelease):
            self.refused = None
            self._report(None)
            self._serve([loaded, *(other for other in self._loaded if other.id != wanted)])
        else:
            self.refused = (wanted, loaded)
            self._report(f"release {wanted} is refused: {loaded}")
            self._retry_at = time.monotonic() + RETRY_REFUSED_S
        if len(self._loaded) < 2:
            self._load_the_one_before(wanted)

    def _load_the_one_before(self, release_id: str) -> None:
        """After a start: callers may still be bound to it, and it is what remains where the current one is refused."""
        before = self._loader.store.id_before(release_id)
        if before and before not in self.ids:
            release = self._load(before)
            if isinstance(release, LoadedRelease):
                self._serve([*self._loaded, release])

    def _load(self, release_id: str) -> LoadedRelease | str:
        """The release, or why it cannot be served."""
        start = time.perf_counter()
        try:
            release = self._loader.load(release_id)
        except Exception as error:  # noqa: BLE001 - whatever a bad release makes a loader raise, it is refused
            self._loads.labels("refused").inc()
            return error.detail if isinstance(error, ServingError) else repr(error)
        self._loads.labels("loaded").inc()
        seconds = round(time.perf_counter() - start, 3)
        engines = {name: model.spec.platform for name, model in release.models.items()}
        logger.info("release loaded", extra={"release": release_id, "engines": engines, "seconds": seconds})
        return release

    def _serve(self, releases: list[LoadedRelease]) -> None:
        self._loaded = tuple(releases[:2])
        self._info.clear()
        for release_id in self.ids:
            self._info.labels(release_id).set(1)

    def _report(self, problem: str | None, error: Exception | None = None) -> None:
        if problem and problem != self.problem:
            logger.error("release not served", extra={"why": problem}, exc_info=error)
        self.problem = problem
