"""scikit-learn itself, on the estimator that the trainer pickled. Imported only where it serves a model."""

import io
from importlib.metadata import version
from typing import cast

from serving.engine import Engine, EngineKind, Probabilities, Rows
from serving.errors import EngineFailed
from serving.store import Manifest


def load(content: bytes, manifest: Manifest) -> Engine:
    """Unpickle an estimator. scikit-learn supports that within one minor version only, so any other is refused."""
    installed, trained = version("scikit-learn"), manifest.libraries.get("scikit-learn", "unknown")
    if installed.split(".")[:2] != trained.split(".")[:2]:
        raise EngineFailed(f"it was trained with scikit-learn {trained}, and {installed} is installed: train again")
    import joblib
    from sklearn import config_context

    from model_sklearn.neighbors import search

    estimator = joblib.load(io.BytesIO(content))

    def predict_proba(rows: Rows) -> Probabilities:
        with config_context(assume_finite=True, skip_parameter_validation=True):  # both were checked before
            return cast("Probabilities", estimator.predict_proba(rows))

    return search(estimator) or predict_proba


SKLEARN = EngineKind("sklearn", "model.joblib", "float64", load)
