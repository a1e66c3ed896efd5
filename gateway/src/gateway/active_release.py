"""Which release the gateway serves: one that every model service can answer for."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence

from prometheus_client import CollectorRegistry, Gauge
from serving.errors import NoRelease, ServingError
from serving.release_problem import ReleaseProblem
from serving.store import FRAMEWORKS, ReleaseStore

from gateway.backend import Backend
from gateway.backend_health import BackendHealth
from gateway.fanout import Fanout
from gateway.fanout_metrics import FanoutMetrics
from gateway.member import Member
from gateway.release import Release
from gateway.sample import read_sample

logger = logging.getLogger(__name__)
POLL_S = 0.5
FORGET_S = 2.0  # how long the last report of a service that stopped answering still counts


def choose(wanted: str, active: str | None, reports: Sequence[Sequence[str]]) -> str:
    """The release to serve: the store's current one, else the active one, else whichever all have.

    `reports` are the releases that each reachable service of ours has loaded. With no report there is nothing to learn,
    and where no release is loaded by all, the active one stays: a member without it is unavailable, and says so.
    """
    if reports:
        for candidate in (wanted, active, *reports[0]):
            if candidate and all(candidate in report for report in reports):
                return candidate
    return active or wanted


class ActiveRelease:
    """Follows the store and the backends' health. `current` is bound to each request on its entry."""

    def __init__(
        self,
        store: ReleaseStore,
        backends: Mapping[str, Backend],
        straggler_grace_ms: float,
        deadline_ms: float,
        registry: CollectorRegistry,
        fanout: Callable[..., Fanout] = Fanout,
    ) -> None:
        self._store = store
        self._backends = backends
        self._times_ms = {"straggler_grace_ms": straggler_grace_ms, "deadline_ms": deadline_ms}
        self._metrics = FanoutMetrics(registry)
        self._fanout = fanout
        self.served: tuple[Release, ...] = ()  # the active one, and the one before it
        self._reported: dict[str, tuple[float, list[str]]] = {}
        self.health: dict[str, BackendHealth] = {}
        self._problem = ReleaseProblem(registry, "the gateway has just started")
        self._info = Gauge("release_active", "1 for the release that is served", ("release",), registry=registry)

    @property
    def problem(self) -> str | None:
        """Why the store's current release is not served."""
        return self._problem.why

    @property
    def current(self) -> Release:
        """The release that a request which comes in now is answered from. Raises NoRelease."""
        if not self.served:
            raise NoRelease(self.problem or "no release has been loaded yet")
        return self.served[0]

    def find(self, release_id: str) -> Release | None:
        """The release of that id if it is the active one or the one before it."""
        return next((release for release in self.served if release.id == release_id), None)

    def unready(self, member: Member) -> str | None:
        """Why a member would not answer now, or None where it would."""
        if member.backend is None:
            return "no backend is configured for its framework"
        health = self.health.get(member.backend.name)
        if health is None:
            return "not asked yet"
        if member.version is None:
            return None if health.ready else health.detail or "not ready"
        if health.engine(member.name, member.version):
            return None
        return health.detail or f"it has not loaded release {member.version}"

    def engine(self, member: Member) -> str | None:
        health = self.health.get(member.backend.name) if member.backend else None
        return health.engine(member.name, member.version) if health else None

    def engines_refused(self, member: Member) -> dict[str, str]:
        health = self.health.get(member.backend.name) if member.backend else None
        return health.engines_refused(member.name, member.version) if health else {}

    def refused(self) -> dict[str, str]:
        """Backends of ours that refused a release, with its id and the reason."""
        return {
            name: f"{release_id}: {why}"
            for name, health in self.health.items()
            for release_id, why in health.refused.items()
        }

    async def follow(self) -> None:
        """Follow for as long as the process lives."""
        while True:
            await self.look()
            await asyncio.sleep(POLL_S)

    async def look(self) -> None:
        """As `catch_up`. Never raises: whatever goes wrong is reported, and the active release goes on being served."""
        try:
            await self.catch_up()
        except Exception as error:  # noqa: BLE001 - see above
            self._problem.report(f"following the releases failed: {error!r}", error)

    async def aclose(self) -> None:
        """End what is being asked."""
        for release in self.served:
            await release.fanout.aclose()

    async def catch_up(self) -> None:
        """Ask every backend once, and switch to another release where they allow it."""
        serves = self.served[0].id if self.served else None
        answers = await asyncio.gather(*(backend.health(serves) for backend in self._backends.values()))
        before, self.health = self.health, dict(zip(self._backends, answers, strict=True))
        for name, last in before.items():
            if self.health[name].ready and not last.ready:
                for release in self.served:
                    release.fanout.recovered(self._backends[name])
        now = time.monotonic()
        for name in FRAMEWORKS:
            health = self.health.get(name)
            if health and health.reachable:
                self._reported[name] = (now, health.releases)
        reports = [releases for at, releases in self._reported.values() if now - at < FORGET_S]
        try:
            wanted = await asyncio.to_thread(self._store.current_id)
            active = self.served[0].id if self.served else None
            chosen = choose(wanted, active, reports)
            if chosen != active:
                await asyncio.to_thread(self._switch, chosen)
            refusals = "; ".join(f"{name} refuses {why}" for name, why in self.refused().items())
            self._problem.report(f"{chosen} is served, since {refusals}" if refusals and chosen != wanted else None)
        except ServingError as error:
            self._problem.report(error.detail)

    def _switch(self, release_id: str) -> None:
        release = self.find(release_id) or self._read(release_id)
        self.served = (release, *(other for other in self.served if other is not release))[:2]
        self._info.clear()
        self._info.labels(release_id).set(1)
        logger.info("release switched", extra={"release": release_id})

    def _read(self, release_id: str) -> Release:
        manifest = self._store.manifest(release_id)
        try:
            sample = read_sample(self._store, manifest)
        except ServingError as error:
            logger.warning("the sample is not served", extra={"release": release_id, "why": error.detail})
            sample = None
        return Release(manifest, self._backends, sample, **self._times_ms, metrics=self._metrics, fanout=self._fanout)
