"""Where the time of an answer went, as the header that a browser's network panel shows. Source: W3C Server Timing."""

from gateway.merge import Merged
from gateway.round import Answer


def server_timing(answer: Answer, asked_at: float, now: float) -> tuple[bytes, bytes]:
    """Milliseconds: until its round began, until the round was answered, until `now`; and each member's call.

    `asked_at` and `now` are in seconds of the fan-out's clock. A member that did not answer has its status instead.
    """
    merged = answer.merged
    queue_ms, merge_ms = (merged.began - asked_at) * 1000, (now - merged.answered_at) * 1000
    merged.timing = merged.timing or _of_round(merged)
    timing = f"queue;dur={queue_ms:.3f}, merge;dur={merge_ms:.3f}, {merged.timing}"
    return b"server-timing", timing.encode()


def _of_round(merged: Merged) -> str:
    """What is the same for all questions of a round."""
    members = (
        f"{name};dur={outcome.latency_ms}" if outcome.status == "ok" else f"{name};desc={outcome.status}"
        for name, outcome in merged.outcomes.items()
    )
    return ", ".join((f"fanout;dur={(merged.answered_at - merged.began) * 1000:.3f}", *members))
