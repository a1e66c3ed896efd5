"""What came of asking one member."""

from dataclasses import dataclass

from serving.engine import Probabilities

from gateway.messages import Status


@dataclass(frozen=True)
class Outcome:
    """Where `status` is ok there are `probabilities`, (rows, classes), NaN in a row that failed; else `error` says why.

    `row_errors` says why a row failed, by its index. `latency_ms` is from the call to its answer.
    """

    status: Status
    error: str | None = None
    probabilities: Probabilities | None = None
    row_errors: dict[int, str] | None = None
    version: str | None = None
    engine: str | None = None
    latency_ms: float | None = None
