"""An engine computes one model's probabilities. A kind of engine loads it from one of the model's files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from serving.errors import EngineFailed
from serving.store import Manifest, Precision

Rows: TypeAlias = NDArray[np.float64]
"""(rows, features): a category as its index, −1 when unseen; a missing value as NaN."""

Probabilities: TypeAlias = NDArray[np.float64]
"""(rows, classes), each row summing to one."""

SUM_TOLERANCE = 1e-3
LARGEST = 1e18  # of an input value: its square still fits the float32 that several engines compute in

Engine: TypeAlias = Callable[[Rows], Probabilities]


@dataclass(frozen=True)
class EngineKind:
    """`load` takes the content of the model's file called `file`, already checked, and the release's manifest.

    It raises EngineFailed where this process cannot run that file.
    """

    name: str
    file: str
    precision: Precision
    load: Callable[[bytes, Manifest], Engine]


def probabilities(engine: Engine, rows: Rows, classes: int) -> Probabilities:
    """Ask an engine, and take nothing from it that is not a table of probabilities. Raises EngineFailed."""
    try:
        answer = np.asarray(engine(rows), dtype=np.float64)
    except Exception as error:
        raise EngineFailed(f"the model raised {type(error).__name__}") from error
    if answer.shape != (len(rows), classes):
        raise EngineFailed(f"the model gave the shape {answer.shape} for {len(rows)} rows and {classes} classes")
    if not are_probabilities(answer):
        raise EngineFailed("the model gave numbers that are no probabilities")
    return answer


def are_probabilities(table: Probabilities) -> bool:
    """True when no number is negative or missing and each row sums to one, as closely as float32 does."""
    return bool(table.min(initial=0.0) >= 0 and np.abs(table.sum(axis=1) - 1).max(initial=0.0) <= SUM_TOLERANCE)
