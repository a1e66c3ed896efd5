"""Asking all members at once."""

import asyncio
from collections.abc import Sequence

from serving.engine import Rows

from gateway.outcome import Outcome
from gateway.release import Member, Release


async def ask_all(
    release: Release, members: Sequence[Member], rows: Rows, *, deadline_ms: float, request_id: str
) -> dict[str, Outcome]:
    """Every member's outcome, at the latest when the deadline is over: who has not answered by then timed out."""
    outcomes = await asyncio.gather(
        *(ask(release, member, rows, deadline_ms=deadline_ms, request_id=request_id) for member in members)
    )
    return {member.name: outcome for member, outcome in zip(members, outcomes, strict=True)}


async def ask(release: Release, member: Member, rows: Rows, *, deadline_ms: float, request_id: str) -> Outcome:
    """One member's outcome within the deadline. Never raises for what the member does."""
    if member.backend is None:
        return Outcome("unavailable", "no backend is configured for its framework")
    classes = len(release.manifest.classes)
    try:
        async with asyncio.timeout(deadline_ms / 1000):
            return await member.backend.infer(
                member.name, member.version, rows, classes, deadline_ms=deadline_ms, request_id=request_id
            )
    except TimeoutError:
        return Outcome("timeout", f"no answer within {deadline_ms:.0f} ms")
