"""A small release that needs no framework: each model's file holds the probabilities that it always gives, as JSON."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from serving.access_log import logger as access_log
from serving.engine import Engine, EngineKind, Probabilities, Rows
from serving.store import Manifest, ReleaseWriter, stored_file

FEATURES: list[dict[str, Any]] = [
    {"name": "length", "kind": "number", "unit": "cm", "min": 1.0, "max": 7.0, "mean": 3.0},
    {"name": "color", "kind": "category", "categories": ["blue", "red"]},
    {"name": "wet", "kind": "boolean"},
    {"name": "age", "kind": "number", "nullable": True, "min": 0.0, "max": 9.0, "mean": 4.0},
]
CLASSES = ["cat", "dog"]
MODELS = {"forest": "sklearn", "neighbors": "sklearn", "network": "tensorflow"}
METRICS = {"accuracy": 0.9, "accuracy_std": 0.1, "log_loss": 0.3, "confusion_matrix": [[9, 1], [1, 9]]}


def publish(
    root: Path,
    answers: Mapping[str, list[float]] | None = None,
    *,
    golden: Mapping[str, list[float]] | None = None,
    features: list[dict[str, Any]] = FEATURES,
    sample: str | None = None,
    card: str | None = None,
) -> Manifest:
    """Publish a release whose models always give `answers`, and gave `golden` when they were trained.

    Without a `card` it says no more than releases from before there were any.
    """
    answers = answers or {"forest": [0.9, 0.1], "neighbors": [0.8, 0.2], "network": [0.4, 0.6]}
    contents = {name: json.dumps(answer).encode() for name, answer in answers.items()}
    rows = [[1.0] * len(features), [2.0] * len(features)]
    files = {f"{name}/model.json": content for name, content in contents.items()}
    if sample is not None:
        files["sample.csv"] = sample.encode()
    document: dict[str, Any] = {
        "features": features,
        "classes": CLASSES,
        "data": {"name": "pets", "target": "pet", "rows": 20, "sha256": "0" * 64},
        "models": [
            {
                "name": name,
                "framework": MODELS[name],
                "files": [stored_file("model.json", content).model_dump()],
                "metrics": METRICS,
            }
            for name, content in contents.items()
        ],
        "golden": {
            "rows": rows,
            "probabilities": {name: [list((golden or answers)[name])] * len(rows) for name in answers},
            "tolerances": {"float64": 1e-6, "float32": 1e-4},
        },
        "libraries": {},
        "recipe_sha256": "0" * 64,
        "sample": stored_file("sample.csv", sample.encode()).model_dump() if sample is not None else None,
    }
    if card is not None:
        files["MODEL_CARD.md"] = card.encode()
        document["card"] = {
            "intended_use": ["Tell pets apart."],
            "limits": ["No bird was asked."],
            "file": stored_file("MODEL_CARD.md", card.encode()).model_dump(),
        }
        size = len(contents)
        document["comparison"] = {"same": [[20] * size] * size, "only": [[0] * size] * size}
        document["data"]["class_rows"] = [10, 10]
        for model in document["models"]:
            model["limits"] = [f"{model['name']} is weakest on dogs."]
    writer = ReleaseWriter(root)
    with writer.lock():
        return writer.publish(document, files)


def constant(content: bytes, manifest: Manifest) -> Engine:
    """An engine that gives the same probabilities for every row."""
    answer = json.loads(content)

    def engine(rows: Rows) -> Probabilities:
        return np.tile(np.array(answer, dtype=np.float64), (len(rows), 1))

    return engine


CONSTANT = EngineKind("constant", "model.json", "float64", constant)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def informed() -> Iterator[None]:
    """Requests are logged, as they are where services run."""
    before = access_log.level
    access_log.setLevel(logging.INFO)
    yield
    access_log.setLevel(before)


@pytest.fixture
def store_root(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture(name="publish")
def publish_fixture() -> Callable[..., Manifest]:
    return publish


@pytest.fixture(name="constant")
def constant_fixture() -> EngineKind:
    return CONSTANT
