"""From instances to votes: ask the members, merge what they say."""

import asyncio
import time
from collections.abc import Sequence

from gateway.fanout import ask_all
from gateway.inputs import Instance
from gateway.merge import merge
from gateway.messages import Vote
from gateway.release import Member, Release

CHUNK_ROWS = 256  # of a batch that go to the members at once, so that other requests get their turn in between


async def vote(
    release: Release,
    members: Sequence[Member],
    instances: Sequence[Instance],
    *,
    deadline_ms: float,
    min_models: int,
    request_id: str,
) -> list[Vote]:
    """The answer to each instance, in their order, within one deadline for all.

    Raises TooFewAnswers where any instance was answered by fewer than `min_models` of the members.
    """
    give_up = time.monotonic() + deadline_ms / 1000
    votes: list[Vote] = []
    for start in range(0, len(instances), CHUNK_ROWS):
        chunk = instances[start : start + CHUNK_ROWS]
        left_ms = max(1.0, (give_up - time.monotonic()) * 1000)
        rows = release.inputs.rows(chunk)
        outcomes = await ask_all(release, members, rows, deadline_ms=left_ms, request_id=request_id)
        for row, instance in enumerate(chunk):
            warnings = release.inputs.warnings(instance)
            votes.append(merge(outcomes, row, release.manifest.classes, warnings, min(min_models, len(members))))
        await asyncio.sleep(0)
    return votes
