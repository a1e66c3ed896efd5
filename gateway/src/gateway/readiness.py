"""When the gateway says that it is ready."""

import time
from collections.abc import Callable

from serving.draining import Draining
from serving.errors import NoRelease

from gateway.active_release import ActiveRelease
from gateway.messages import Readiness

PATIENCE_S = 20.0


class ReadinessGate:
    """Opens first when all members have been ready, or one has and `PATIENCE_S` have passed since the start.

    From then on it is open while at least `min_models` are ready, until the process drains.
    """

    def __init__(
        self,
        releases: ActiveRelease,
        min_models: int,
        draining: Draining,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._releases = releases
        self._draining = draining
        self._min_models = min_models
        self._clock = clock
        self._started = clock()
        self._opened = False

    def check(self) -> Readiness:
        try:
            release = self._releases.current
        except NoRelease as error:
            return Readiness(ready=False, detail=error.detail)
        unready = {member.name: self._releases.unready(member) for member in release.members}
        reasons = [self._releases.problem, *(f"{name}: {why}" for name, why in unready.items() if why)]
        ready = sum(why is None for why in unready.values())
        patience_is_over = self._clock() - self._started >= PATIENCE_S
        self._opened = self._opened or ready == len(unready) or (ready > 0 and patience_is_over)
        draining = self._draining.begun
        return Readiness(
            ready=self._opened and ready >= self._min_models and not draining,
            release=release.id,
            detail="it is about to stop" if draining else "; ".join(filter(None, reasons)) or None,
            models={name: "unavailable" if why else "ready" for name, why in unready.items()},
            refused=self._releases.refused(),
        )
