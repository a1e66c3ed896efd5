"""What a reader would write instead of all this: one FastAPI process that calls the same compiled engines directly."""

import os
from pathlib import Path
from typing import Any

import numpy as np
from fastapi import FastAPI
from serving.loader import ReleaseLoader
from serving.store import ReleaseStore

from loadtest.benchmark.contenders.flower import Flower
from loadtest.benchmark.contenders.vote import answer
from loadtest.benchmark.kinds import KINDS

store = ReleaseStore(Path(os.environ["MODEL_STORE"]))
manifest = store.manifest(store.current_id())
FEATURES = [feature.name for feature in manifest.features]
MODELS = {
    name: model.engine
    for framework, kinds in KINDS.items()
    for name, model in ReleaseLoader(store, framework, kinds).load(manifest.id).models.items()
}

app = FastAPI()


@app.post("/predict")
async def predict(flower: Flower) -> dict[str, Any]:
    row = np.array([[getattr(flower, feature) for feature in FEATURES]])
    return answer({name: engine(row)[0].tolist() for name, engine in MODELS.items()}, manifest.classes)
