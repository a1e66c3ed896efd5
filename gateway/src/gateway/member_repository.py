"""The release's models as the protocol's routes ask for them: each call goes to that member's backend."""

import time
from contextlib import aclosing

import numpy as np
from serving.engine import Probabilities, Rows
from serving.errors import DeadlineExceeded, EngineFailed, NotFound, ServingError, Unavailable
from serving.origin import Origin
from serving.protocol.repository import Inference, ModelVersion

from gateway.active_release import ActiveRelease
from gateway.bulk import CHUNK_ROWS, ask_in_chunks
from gateway.limit import Limit
from gateway.member import Member
from gateway.readiness import ReadinessGate
from gateway.release import Release

_ERRORS: dict[str, type[ServingError]] = {"error": EngineFailed, "timeout": DeadlineExceeded}


class MemberRepository:
    service = "triptych"

    def __init__(self, releases: ActiveRelease, gate: ReadinessGate, singles: Limit, bulk: Limit) -> None:
        self._releases = releases
        self._gate = gate
        self._singles = singles
        self._bulk = bulk

    def index(self) -> list[ModelVersion]:
        return [
            self._version(release, member)
            for release in self._releases.served
            for member in release.members
            if not self._releases.unready(member)
        ]

    def find(self, name: str, version: str | None) -> ModelVersion:
        release, member = self._member(name, version)
        return self._version(release, member)

    def ready(self, model: ModelVersion) -> bool:
        _, member = self._member(model.name, model.version)
        return self._releases.unready(member) is None

    async def infer(self, model: ModelVersion, rows: Rows, *, deadline_ms: float, origin: Origin) -> Inference:
        release, member = self._member(model.name, model.version)
        parts: list[Probabilities] = []
        row_errors: dict[int, str] = {}
        start = 0
        give_up = time.monotonic() + deadline_ms / 1000
        with (self._bulk if len(rows) > CHUNK_ROWS else self._singles).admitted():
            async with aclosing(ask_in_chunks(release, rows, give_up, origin, [member.name])) as answers:
                async for answer in answers:
                    outcome = answer.outcome(member.name)
                    if outcome.probabilities is None:
                        raise _ERRORS.get(outcome.status, Unavailable)(f"{model.name}: {outcome.error}")
                    parts.append(outcome.probabilities)
                    row_errors |= {start + row: why for row, why in (outcome.row_errors or {}).items()}
                    start += answer.rows
        return Inference(np.concatenate(parts), row_errors)

    def live(self) -> bool:
        return True

    def readiness(self, caller_serves: str | None) -> dict[str, object]:
        return self._gate.check().model_dump(exclude_none=True)

    def _member(self, name: str, version: str | None) -> tuple[Release, Member]:
        release = self._releases.current if version is None else self._releases.find(version)
        members = release.members if release else []
        member = next((member for member in members if member.name == name), None)
        if release is None or member is None:
            raise NotFound("there is no such model and version: POST /v2/repository/index lists them")
        return release, member

    def _version(self, release: Release, member: Member) -> ModelVersion:
        platform = self._releases.engine(member) or (member.model.framework if member.model else "")
        return ModelVersion(member.name, release.id, platform, release.manifest.features, release.manifest.classes)
