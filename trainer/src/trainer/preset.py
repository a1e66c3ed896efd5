"""The table that a fresh store is filled from. Nothing else in the system names it or its columns."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Preset:
    """A table's place, what it is called, which column holds the classes, and the features' units by name."""

    path: Path
    name: str
    target: str
    units: dict[str, str] = field(default_factory=dict)


DEFAULT = Preset(
    path=Path(__file__).parent / "data" / "iris.csv",
    name="iris",
    target="species",
    units=dict.fromkeys(("sepal_length", "sepal_width", "petal_length", "petal_width"), "cm"),
)
