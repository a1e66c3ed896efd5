import io
from dataclasses import dataclass

import numpy as np
import pytest
from serving.errors import EngineFailed
from serving.store import ReleaseWriter
from sklearn.ensemble import RandomForestClassifier
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


class Unconvertible(Estimator):
    def load(self, content: bytes) -> FittedEstimator:
        return Stubborn(super().load(content).pipeline)


class Stubborn(FittedEstimator):
    def compile(self) -> bytes:
        raise NotImplementedError("no converter for it\nand so on")


def test_a_model_that_cannot_be_converted_is_published_with_its_native_file_and_the_report_says_why(
    writer: ReleaseWriter, plain: Table, report: Report, printed: io.StringIO
) -> None:
    models = [Unconvertible("stubborn", KNeighborsClassifier()), Estimator("forest", RandomForestClassifier(5))]
    manifest = train(writer, plain, models, report)
    files = {model.name: [file.name for file in model.files] for model in manifest.models}
    assert files == {"stubborn": ["model.joblib"], "forest": ["model.joblib", "model.onnx"]}
    line = "stubborn has no file for a faster engine: NotImplementedError: no converter for it"
    assert line in printed.getvalue().splitlines()


def test_a_model_that_saving_changes_is_not_published(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    with pytest.raises(EngineFailed, match="forgetful gives other probabilities"):
        train(writer, plain, [Forgetful("forgetful", KNeighborsClassifier())], report)
    assert writer.store.release_ids() == []
