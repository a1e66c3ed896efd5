"""The yardstick: FastAPI validates the same input as our gateway, and gives a fixed answer of the same size."""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from loadtest.benchmark.contenders.flower import Flower

ANSWER: dict[str, Any] = json.loads(Path(__file__).with_name("answer.json").read_text())

app = FastAPI()
undeclared = FastAPI()


@app.post("/predict")
async def predict(flower: Flower) -> dict[str, Any]:  # declared, FastAPI writes it as fast as bytes that were prepared
    return ANSWER


@undeclared.post("/predict", response_model=None)
async def predict_undeclared(flower: Flower) -> dict[str, Any]:
    return ANSWER
