"""BentoML: a service for each model with adaptive batching, and one that asks them all."""

import asyncio
from typing import Any

import bentoml
import numpy as np

from loadtest.benchmark.contenders.engines import CLASSES, FEATURES, load
from loadtest.benchmark.contenders.flower import Flower
from loadtest.benchmark.contenders.vote import answer

SETTINGS: dict[str, Any] = {
    "workers": 1,
    "logging": {"access": {"enabled": False}},
    # By default a service drops its connections to another after 100 requests, also those in use: one call in three
    # then fails at 64 connections.
    "runner_connection": {"max_requests": 2**31, "max_age": 86_400.0},
}
MODELS = ("random_forest", "k_neighbors", "neural_network")


@bentoml.service(**SETTINGS)
class RandomForest:
    def __init__(self) -> None:
        self.model = load("random_forest")

    @bentoml.api(batchable=True, max_batch_size=64)
    def predict(self, rows: np.ndarray) -> np.ndarray:
        return np.asarray(self.model(rows))


@bentoml.service(**SETTINGS)
class KNeighbors:
    def __init__(self) -> None:
        self.model = load("k_neighbors")

    @bentoml.api(batchable=True, max_batch_size=64)
    def predict(self, rows: np.ndarray) -> np.ndarray:
        return np.asarray(self.model(rows))


@bentoml.service(**SETTINGS)
class NeuralNetwork:
    def __init__(self) -> None:
        self.model = load("neural_network")

    @bentoml.api(batchable=True, max_batch_size=64)
    def predict(self, rows: np.ndarray) -> np.ndarray:
        return np.asarray(self.model(rows))


@bentoml.service(**SETTINGS)
class SideBySide:
    random_forest = bentoml.depends(RandomForest)
    k_neighbors = bentoml.depends(KNeighbors)
    neural_network = bentoml.depends(NeuralNetwork)

    @bentoml.api(input_spec=Flower)
    async def predict(self, **flower: float) -> dict[str, Any]:
        row = np.array([[flower[feature] for feature in FEATURES]])
        tables = await asyncio.gather(*(getattr(self, name).to_async.predict(row) for name in MODELS))
        return answer({name: table[0].tolist() for name, table in zip(MODELS, tables, strict=True)}, CLASSES)
