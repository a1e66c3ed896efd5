"""How good a model is: stratified cross-validation, judged by its out-of-fold predictions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from serving.store import Metrics
from sklearn.metrics import confusion_matrix, log_loss
from sklearn.model_selection import StratifiedKFold

from trainer.errors import CandidateRefused
from trainer.recipe import FOLDS, SEED
from trainer.table import Table
from trainer.trainable import Trainable


@dataclass(frozen=True, eq=False)
class Evaluation:
    """`predicted` is each row's class index, by a model that had not seen the row."""

    metrics: Metrics
    predicted: NDArray[np.int64]


def evaluate(model: Trainable, table: Table, on_step: Callable[[str], None]) -> Evaluation:
    """Cross-validate. `on_step` is called after each fold, with the model's name.

    Raises CandidateRefused where a probability is not a number.
    """
    rows, labels = table.rows, table.labels
    probabilities = np.empty((len(rows), len(table.classes)))
    accuracies = []
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(rows, labels):
        held_out = rows[test], labels[test]
        fitted = model.fit(table.features, rows[train], labels[train], validation=held_out)
        probabilities[test] = fitted.probabilities(rows[test])
        accuracies.append(float((probabilities[test].argmax(axis=1) == labels[test]).mean()))
        on_step(model.name)
    if not np.isfinite(probabilities).all():
        raise CandidateRefused([f"{model.name} gives probabilities that are not numbers"])
    predicted = probabilities.argmax(axis=1)
    every_class = list(range(len(table.classes)))
    metrics = Metrics(
        accuracy=float((predicted == labels).mean()),
        accuracy_std=float(np.std(accuracies)),
        # a network's rows sum to one in single precision only
        log_loss=float(log_loss(labels, probabilities / probabilities.sum(axis=1, keepdims=True), labels=every_class)),
        confusion_matrix=confusion_matrix(labels, predicted, labels=every_class).tolist(),
        folds=FOLDS,
        confidence=float(probabilities.max(axis=1).mean()),
    )
    return Evaluation(metrics, predicted)
