"""scikit-learn's classifiers as models of a release."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue
from serving.store import Feature, Framework, Precision
from sklearn.base import ClassifierMixin, clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from trainer.onnx_export import to_onnx
from trainer.trainable import Labels, Rows


@dataclass(frozen=True)
class Estimator:
    """A classifier, with what the table's features need in front of it."""

    name: str
    classifier: ClassifierMixin
    framework: Framework = "sklearn"
    precision: Precision = "float64"
    file_name: str = "model.joblib"
    compiled_name: str = "model.onnx"

    @property
    def parameters(self) -> dict[str, JsonValue]:
        """The classifier's own, as far as JSON can tell them."""
        told = {name: value for name, value in self.classifier.get_params().items() if _is_json(value)}
        return {"estimator": type(self.classifier).__name__, **told}

    def fit(
        self,
        features: Sequence[Feature],
        rows: Rows,
        labels: Labels,
        validation: tuple[Rows, Labels] | None = None,
    ) -> "FittedEstimator":
        return FittedEstimator(_pipeline(features, clone(self.classifier)).fit(rows, labels))

    def load(self, content: bytes) -> "FittedEstimator":
        return FittedEstimator(joblib.load(io.BytesIO(content)))


@dataclass(frozen=True)
class FittedEstimator:
    """Holds scikit-learn's own classes only, since a model service has no trainer to import."""

    pipeline: Any

    def probabilities(self, rows: Rows) -> NDArray[np.float64]:
        return np.asarray(self.pipeline.predict_proba(rows), dtype=np.float64)

    def save(self) -> bytes:
        content = io.BytesIO()
        joblib.dump(self.pipeline, content)
        return content.getvalue()

    def compile(self) -> bytes:
        return to_onnx(self.pipeline)


def _is_json(value: object) -> bool:
    return isinstance(value, str | int | None) or (isinstance(value, float) and math.isfinite(value))


def _pipeline(features: Sequence[Feature], classifier: ClassifierMixin) -> Any:
    """The classifier alone where every value is a number already; else imputed and one-hot encoded first."""
    if not any(feature.nullable or feature.kind == "category" for feature in features):
        return classifier

    def of_kind(kind: str) -> list[int]:
        return [i for i, feature in enumerate(features) if feature.kind == kind]

    categories = [np.arange(len(features[i].categories), dtype=np.float64) for i in of_kind("category")]
    columns = ColumnTransformer(
        [
            ("number", SimpleImputer(strategy="median", keep_empty_features=True), of_kind("number")),
            ("boolean", SimpleImputer(strategy="most_frequent", keep_empty_features=True), of_kind("boolean")),
            # -1 and NaN are in no list of categories, so that they become zeros
            (
                "category",
                OneHotEncoder(categories=categories, handle_unknown="ignore", sparse_output=False),
                of_kind("category"),
            ),
        ]
    )
    return make_pipeline(columns, classifier)
