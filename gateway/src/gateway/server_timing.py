"""Where the time of an answer went, as the header that a browser's network panel shows. Source: W3C Server Timing."""

from gateway.round import Answer


def server_timing(answer: Answer, asked_at: float, now: float) -> tuple[bytes, bytes]:
    """Milliseconds: until its round began, until the round was answered, until `now`; and each member's call.

    `asked_at` and `now` are in seconds of the fan-out's clock. A member that did not answer has its status instead.
    """
    queue_ms = (answer.began - asked_at) * 1000
    fanout_ms = (answer.answered - answer.began) * 1000
    merge_ms = (now - answer.answered) * 1000
    members = answer.merged.timings
    timing = f"queue;dur={queue_ms:.3f}, fanout;dur={fanout_ms:.3f}, merge;dur={merge_ms:.3f}, {members}"
    return b"server-timing", timing.encode()
