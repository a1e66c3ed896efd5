"""A release as a client of the API sees it: what may be asked, and what may come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Feature:
    """`quantiles` are the training rows' deciles, `missing` the share of those rows that had no value."""

    name: str
    kind: str
    categories: tuple[str, ...] = ()
    nullable: bool = False
    min: float | None = None
    max: float | None = None
    quantiles: tuple[float, ...] = ()
    missing: float = 0.0


@dataclass(frozen=True)
class Release:
    id: str
    features: tuple[Feature, ...]
    classes: tuple[str, ...]
    models: tuple[str, ...]


def release_of(document: Mapping[str, Any]) -> Release:
    """What `GET /models` answered, as a release."""
    rows = document["data"]["rows"]
    return Release(
        id=document["release"],
        features=tuple(_feature(each, rows) for each in document["features"]),
        classes=tuple(document["classes"]),
        models=tuple(model["name"] for model in document["models"]),
    )


def _feature(told: Mapping[str, Any], rows: int) -> Feature:
    return Feature(
        name=told["name"],
        kind=told["kind"],
        categories=tuple(told["categories"]),
        nullable=told["nullable"],
        min=told.get("min"),
        max=told.get("max"),
        quantiles=tuple(told["quantiles"]),
        missing=(told.get("missing") or 0) / rows,
    )
