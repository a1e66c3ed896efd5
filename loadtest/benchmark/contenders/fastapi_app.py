"""The k-neighbors endpoint on FastAPI."""

from typing import Any

from fastapi import FastAPI

from loadtest.benchmark.contenders.flower import Flower
from loadtest.benchmark.contenders.k_neighbors import predicted

app = FastAPI()


@app.post("/predict")
async def predict(flower: Flower) -> dict[str, Any]:
    return predicted(flower)
