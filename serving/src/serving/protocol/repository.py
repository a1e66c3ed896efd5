"""What the protocol's routes need to know of the models behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from serving.engine import Probabilities, Rows
from serving.origin import Origin
from serving.store import Feature


@dataclass(frozen=True)
class ModelVersion:
    """One model of one release."""

    name: str
    version: str
    platform: str
    features: tuple[Feature, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Inference:
    """Probabilities, (rows, classes), with NaN in the rows that `row_errors` names by index."""

    probabilities: Probabilities
    row_errors: dict[int, str] = field(default_factory=dict)


class Repository(Protocol):
    """The models behind the routes. `find` and `infer` raise the errors of `serving.errors`."""

    service: str

    def index(self) -> Sequence[ModelVersion]:
        """Every model and version that is served, the current version of a model first."""

    def find(self, name: str, version: str | None) -> ModelVersion:
        """One of them; without a version, the current one. Raises NotFound."""

    def ready(self, model: ModelVersion) -> bool:
        """False where that model would not answer now."""

    async def infer(self, model: ModelVersion, rows: Rows, *, deadline_ms: float, origin: Origin) -> Inference:
        """Probabilities for rows of the shape (rows, features)."""

    def live(self) -> bool:
        """False when this process should be replaced."""

    def readiness(self, caller_serves: str | None) -> dict[str, object]:
        """`ready`, a bool, and details in words. `caller_serves` is the release that a gateway says it serves."""
