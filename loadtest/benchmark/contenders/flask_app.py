"""The k-neighbors endpoint on Flask."""

from typing import Any

from flask import Flask, request
from pydantic import ValidationError

from loadtest.benchmark.contenders.flower import Flower
from loadtest.benchmark.contenders.k_neighbors import predicted

app = Flask(__name__)


@app.post("/predict")
def predict() -> Any:
    try:
        flower = Flower.model_validate_json(request.get_data())
    except ValidationError as error:
        return error.errors(include_input=False, include_context=False), 422
    return predicted(flower)
