"""What the trainer asks of a model, whatever its framework."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue
from serving.store import Feature, Framework, Precision

Rows = NDArray[np.float64]
Labels = NDArray[np.int64]


class Fitted(Protocol):
    """A trained model."""

    def probabilities(self, rows: Rows) -> NDArray[np.float64]:
        """(rows, features) to (rows, classes)."""
        ...

    def save(self) -> bytes:
        """The content of the file that a model service loads."""
        ...

    def compile(self) -> bytes:
        """The content of the file for a faster engine. Raises whatever the converter does where there is none."""
        ...


class Trainable(Protocol):
    """An entry of `trainer.models.MODELS`."""

    @property
    def name(self) -> str: ...

    @property
    def framework(self) -> Framework: ...

    @property
    def precision(self) -> Precision: ...

    @property
    def file_name(self) -> str: ...

    @property
    def compiled_name(self) -> str: ...

    @property
    def parameters(self) -> Mapping[str, JsonValue]: ...

    def fit(
        self,
        features: Sequence[Feature],
        rows: Rows,
        labels: Labels,
        validation: tuple[Rows, Labels] | None = None,
    ) -> Fitted:
        """Train from the start. `labels` are class indices; every class has a row."""
        ...

    def load(self, content: bytes) -> Fitted:
        """The model that was saved, as a model service will load it."""
        ...
