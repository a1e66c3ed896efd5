import numpy as np
from gateway.merge import Merged
from gateway.outcome import Outcome
from gateway.round import Answer
from gateway.server_timing import server_timing


def test_a_member_that_failed_has_its_status_instead_of_a_time_although_it_answered() -> None:
    outcomes = {
        "well": Outcome("ok", probabilities=np.array([[0.9, 0.1]]), latency_ms=0.5),
        "ill": Outcome("error", "HTTP 500", latency_ms=5.0),
    }
    merged = Merged(1, outcomes, ["cat", "dog"], began=1.0, answered_at=1.002)
    _, timing = server_timing(Answer(merged, 0, 1), asked_at=0.999, now=1.003)
    assert timing == b"queue;dur=1.000, merge;dur=1.000, fanout;dur=2.000, well;dur=0.5, ill;desc=error"
