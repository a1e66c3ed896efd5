"""A contender: a server that is measured, how it is started, and what it must answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

FLOWER = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}
LABEL = "setosa"  # what this flower, the default table's first row, is
MODELS = ("random_forest", "k_neighbors", "neural_network")


@dataclass(frozen=True)
class Question:
    """What is posted, and whether an answer to it is right."""

    path: str
    body: str

    def right(self, answer: Any) -> bool:
        """`answer` is what came back as JSON, or None where nothing good did."""
        try:
            return self._right(answer)
        except (KeyError, TypeError, AttributeError):
            return False

    def _right(self, answer: Any) -> bool:
        raise NotImplementedError


@dataclass(frozen=True)
class SideBySide(Question):
    """Named features to a vote, with every model's own answer beside it."""

    models: tuple[str, ...] = MODELS

    def _right(self, answer: Any) -> bool:
        labels = {name: model["prediction"] for name, model in answer["models"].items()}
        return bool(answer["prediction"] == LABEL and labels == dict.fromkeys(self.models, LABEL))


class OneModel(Question):
    """Named features to one model's answer."""

    def _right(self, answer: Any) -> bool:
        return bool(answer["prediction"] == LABEL and answer["probability"] > 0.5)


class Inference(Question):
    """The Open Inference Protocol, V2: a tensor of one row to label and probabilities.

    The label is ours or the estimator's own, a class's index; the probabilities are the same in both, flat or nested.
    """

    def _right(self, answer: Any) -> bool:
        outputs = {output["name"]: output["data"] for output in answer["outputs"]}
        return bool(outputs["predict"] in ([LABEL], [0]) and np.ravel(outputs["predict_proba"])[0] > 0.5)


PREDICT = SideBySide("/predict", json.dumps(FLOWER))
K_NEIGHBORS = OneModel("/predict", json.dumps(FLOWER))
INFER = Inference(
    "/v2/models/k_neighbors/infer",
    json.dumps(
        {
            "inputs": [{"name": "input", "shape": [1, 4], "datatype": "FP64", "data": list(FLOWER.values())}],
            "outputs": [{"name": "predict"}, {"name": "predict_proba"}],
        }
    ),
)


@dataclass(frozen=True)
class Contender:
    """`commands` are the lines of a Procfile: a process's name to what a shell runs, which listens on $PORT.

    They run in the environment `home`, which `make bench-peers` makes from requirements/; `project` is ours.
    """

    name: str
    title: str
    commands: Mapping[str, str]
    question: Question = PREDICT
    home: str = "project"
    settings: Mapping[str, str] = field(default_factory=dict)
