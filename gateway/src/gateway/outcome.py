"""What came of asking one member."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from serving.engine import Probabilities

from gateway.messages import Status


@dataclass(frozen=True)
class Outcome:
    """Where `status` is ok there are `probabilities`, (rows, classes), NaN in a row that failed; else `error` says why.

    `row_errors` says why a row failed, by its index. `latency_ms` is from the call to its answer. `fault` marks a
    failure that the breaker counts: not a refusal, and not an error of the caller's.
    """

    status: Status
    error: str | None = None
    probabilities: Probabilities | None = None
    row_errors: dict[int, str] | None = None
    version: str | None = None
    engine: str | None = None
    latency_ms: float | None = None
    fault: bool = False

    @property
    def summary(self) -> str:
        """The status, or `ok,error` where only some rows failed."""
        failed = len(self.row_errors or ())
        if self.probabilities is None or not failed:
            return self.status
        return "error" if failed == len(self.probabilities) else "ok,error"

    def part(self, start: int, stop: int) -> "Outcome":
        """The outcome for some of the rows."""
        if self.probabilities is None or (start == 0 and stop == len(self.probabilities)):
            return self
        errors = {row - start: why for row, why in (self.row_errors or {}).items() if start <= row < stop}
        return replace(self, probabilities=self.probabilities[start:stop], row_errors=errors)

    def spread(self, asked: NDArray[np.bool_]) -> "Outcome":
        """The outcome for all rows, (rows,), of which only those were `asked` that it has; NaN in the others."""
        if self.probabilities is None:
            return self
        probabilities = np.full((len(asked), self.probabilities.shape[1]), np.nan)
        probabilities[asked] = self.probabilities
        places = np.flatnonzero(asked).tolist()
        errors = {places[row]: why for row, why in (self.row_errors or {}).items()}
        return replace(self, probabilities=probabilities, row_errors=errors)
