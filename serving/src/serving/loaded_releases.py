"""The releases that a model service serves, kept in step with the store."""

import asyncio
import logging
import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry

from serving.errors import ServingError
from serving.loader import LoadedModel, LoadedRelease, ReleaseLoader
from serving.loading_note import LoadingNote
from serving.release_metrics import ReleaseMetrics
from serving.release_problem import ReleaseProblem

logger = logging.getLogger(__name__)
POLL_S = 0.5
RETRY_REFUSED_S = 10.0
RETRY_DEADLY_S = 600.0
DEADLY = "a process died, or came to no end, loading it: has it enough memory? It is tried again after ten minutes"
ASKED_FOR_S = 10.0  # how long a release stays after a gateway last said that it serves it


class LoadedReleases:
    """The current release, the one before it, and those that gateways still serve; the current one first.

    A release that cannot be served leaves the last good one in place and is named in `refused`, with the reason.
    """

    def __init__(
        self,
        loader: ReleaseLoader,
        note: LoadingNote,
        registry: CollectorRegistry,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._loader = loader
        self._note = note
        self._clock = clock
        self._loaded: tuple[LoadedRelease, ...] = ()
        # By release: why, and when to try again.
        self._refusals = {release_id: (DEADLY, clock() + RETRY_DEADLY_S) for release_id in note.deadly}
        self._asked_for: dict[str, float] = {}
        self._problem = ReleaseProblem(registry, "the service has just started")
        self.refused: tuple[str, str] | None = None
        self._metrics = ReleaseMetrics(registry)

    @property
    def problem(self) -> str | None:
        """Why the store's current release is not served."""
        return self._problem.why

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

    def ask_for(self, release_id: str) -> None:
        """A gateway serves this release: it stays, or is loaded, until the gateway has moved on."""
        self._asked_for[release_id] = self._clock()

    async def follow(self) -> None:
        """Follow the store for as long as the process lives; loading happens in a thread of its own."""
        while True:
            try:
                await asyncio.to_thread(self.catch_up)
            except Exception as error:  # noqa: BLE001 - whatever it was, the last good release goes on being served
                self._problem.report(f"following the store failed: {error!r}", error)
            await asyncio.sleep(POLL_S)

    def catch_up(self) -> None:
        """Look once at what the store's current release is, and at what gateways ask for, and load what is missing."""
        try:
            self._move_to(self._loader.store.current_id())
        except ServingError as error:
            self._problem.report(error.detail)
        now = self._clock()
        asked_for = [each for each, at in dict(self._asked_for).items() if now - at < ASKED_FOR_S]
        self._asked_for = {each: self._asked_for[each] for each in asked_for}
        others = [release for each in asked_for if each not in self.ids[:2] and (release := self._obtain(each))]
        self._serve([*self._loaded[:2], *others])

    def _move_to(self, wanted: str) -> None:
        release = self._obtain(wanted)
        if release:
            self.refused = None
            self._problem.report(None)
            self._serve([release, *(other for other in self._loaded if other.id != wanted)])
        else:
            self.refused = (wanted, self._refusals[wanted][0])
            self._problem.report(f"release {wanted} is refused: {self.refused[1]}")
        # The newest older one that is good: callers may be bound to it, and it is what remains where this one is not.
        for older in self._loader.store.ids_before(wanted) if len(self._loaded) < 2 else ():
            if older not in self.ids and (release := self._obtain(older)):
                self._serve([*self._loaded, release])
                break

    def _obtain(self, release_id: str) -> LoadedRelease | None:
        """The release, loaded now if it was not; None where it is refused, and then `_refusals` says why."""
        for release in self._loaded:
            if release.id == release_id:
                return release
        if release_id in self._refusals and self._clock() < self._refusals[release_id][1]:
            return None
        start = time.perf_counter()
        try:
            with self._note.loading(release_id):
                release = self._loader.load(release_id)
        except Exception as error:  # noqa: BLE001 - whatever a bad release makes a loader raise, it is refused
            why = error.detail if isinstance(error, ServingError) else repr(error)
            self._refusals[release_id] = (why, self._clock() + RETRY_REFUSED_S)
            self._metrics.loads.labels("refused").inc()
            return None
        self._refusals.pop(release_id, None)
        self._metrics.loads.labels("loaded").inc()
        seconds = round(time.perf_counter() - start, 3)
        engines = {name: model.spec.platform for name, model in release.models.items()}
        logger.info("release loaded", extra={"release": release_id, "engines": engines, "seconds": seconds})
        return release

    def _serve(self, releases: list[LoadedRelease]) -> None:
        if self._loaded != tuple(releases):
            self._loaded = tuple(releases)
            self._metrics.show(releases)
