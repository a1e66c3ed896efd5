"""The paper's own design: one process, in which every request calls scikit-learn and Keras for its one row."""

from typing import Any

from fastapi import FastAPI

from loadtest.benchmark.contenders.engines import CLASSES, FEATURES, NAMES, as_trained
from loadtest.benchmark.contenders.flower import Flower
from loadtest.benchmark.contenders.vote import answer

MODELS = {name: as_trained(name) for name in NAMES}

app = FastAPI()


@app.post("/predict")
async def predict(flower: Flower) -> dict[str, Any]:
    # A plain `def`, in FastAPI's threads, gains a little at 16 connections and loses more at 64 and 256.
    row = [getattr(flower, feature) for feature in FEATURES]
    return answer({name: model([row])[0].tolist() for name, model in MODELS.items()}, CLASSES)
