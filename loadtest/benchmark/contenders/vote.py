"""The answer that every contender gives: each model's, and their soft vote."""

from collections.abc import Mapping, Sequence
from typing import Any


def answer(probabilities: Mapping[str, Sequence[float]], classes: Sequence[str]) -> dict[str, Any]:
    """`probabilities` maps a model's name to its probability of each class, for one row."""
    merged = [sum(column) / len(probabilities) for column in zip(*probabilities.values(), strict=True)]
    models = {name: label(values, classes) for name, values in probabilities.items()}
    return {**label(merged, classes), "models": models}


def label(probabilities: Sequence[float], classes: Sequence[str]) -> dict[str, Any]:
    highest = max(probabilities)
    named = dict(zip(classes, probabilities, strict=True))
    return {"prediction": classes[probabilities.index(highest)], "probability": highest, "probabilities": named}
