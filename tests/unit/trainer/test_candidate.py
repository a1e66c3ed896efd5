from dataclasses import dataclass

import numpy as np
import pytest
from serving.errors import EngineFailed
from serving.store import ReleaseWriter
from sklearn.neighbors import KNeighborsClassifier
from trainer.estimator import Estimator, FittedEstimator
from trainer.report import Report
from trainer.table import Table
from trainer.trainable import Rows
from trainer.training import train


@dataclass(frozen=True)
class Uniform(FittedEstimator):
    def probabilities(self, rows: Rows) -> np.ndarray:
        return np.full((len(rows), 2), 0.5)


class Forgetful(Estimator):
    def load(self, content: bytes) -> FittedEstimator:
        return Uniform(None)


def test_a_model_that_saving_changes_is_not_published(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    with pytest.raises(EngineFailed, match="forgetful gives other probabilities"):
        train(writer, plain, [Forgetful("forgetful", KNeighborsClassifier())], report)
    assert writer.store.release_ids() == []
