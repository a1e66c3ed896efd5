"""Asking all members at once."""

import asyncio
from collections.abc import Sequence

from serving.engine import Rows

from gateway.inference import write_question
from gateway.outcome import Outcome
from gateway.release import Member, Release


async def ask_all(
    release: Release, members: Sequence[Member], rows: Rows, *, deadline_ms: float, request_id: str
) -> dict[str, Outcome]:
    """Every member's outcome, at the latest when the deadline is over: who has not answered by then timed out."""
    question, shape = write_question(rows), (len(rows), len(release.manifest.classes))
    outcomes = await asyncio.gather(
        *(ask(member, question, shape, deadline_ms=deadline_ms, request_id=request_id) for member in members)
    )
    return {member.name: outcome for member, outcome in zip(members, outcomes, strict=True)}


async def ask(
    member: Member, question: bytes, shape: tuple[int, int], *, deadline_ms: float, request_id: str
) -> Outcome:
    """One member's outcome within the deadline, where the answer has `shape`, (rows, classes).

    Never raises for what the member does.
    """
    if member.backend is None:
        return Outcome("unavailable", "no backend is configured for its framework")
    try:
        async with asyncio.timeout(deadline_ms / 1000):
            return await member.backend.infer(
                member.name, member.version, question, shape, deadline_ms=deadline_ms, request_id=request_id
            )
    except TimeoutError:
        return Outcome("timeout", f"no answer within {deadline_ms:.0f} ms")
