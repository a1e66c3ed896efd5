"""A small Keras network as a model of a release. Keras is imported when a network is trained or loaded."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue
from serving.store import Feature, Framework, Precision

from trainer.trainable import Labels, Rows

BATCH_SIZES = (8, 32)  # the smallest and the largest
STEPS_AN_EPOCH = 16  # a small table gets small batches: with fewer steps, 20 epochs end before it has learned
LIKE_VARIANCES = 100.0  # the largest over the smallest: standard deviations within a factor of ten
_FILE, _COMPILED_FILE = "model.keras", "model.tflite"


@dataclass(frozen=True)
class Network:
    """Dense layers of these sizes over normalized inputs, then one unit a class."""

    name: str
    hidden: tuple[int, ...]
    epochs: int
    seed: int
    framework: Framework = "tensorflow"
    precision: Precision = "float32"
    file_name: str = _FILE
    compiled_name: str = _COMPILED_FILE

    @property
    def parameters(self) -> dict[str, JsonValue]:
        return {
            "layers": ["Normalization", *(f"Dense({units}, relu)" for units in self.hidden), "Dense(classes, softmax)"],
            "optimizer": "adam",
            "loss": "categorical_crossentropy",
            "epochs": self.epochs,
            "batch_size": list(BATCH_SIZES),
            "seed": self.seed,
        }

    def fit(
        self,
        features: Sequence[Feature],
        rows: Rows,
        labels: Labels,
        validation: tuple[Rows, Labels] | None = None,
    ) -> "FittedNetwork":
        import keras

        keras.utils.clear_session()
        keras.utils.set_random_seed(self.seed)
        classes = int(labels.max()) + 1
        model = self._model(features, rows, classes)
        model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])

        def tensors(rows: Rows, labels: Labels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
            return rows.astype(np.float32), keras.utils.to_categorical(labels, classes)

        model.fit(
            *tensors(rows, labels),
            validation_data=tensors(*validation) if validation else None,
            epochs=self.epochs,
            batch_size=_batch_size(len(rows)),
            verbose=0,
        )
        return FittedNetwork(model)

    def load(self, content: bytes) -> "FittedNetwork":
        import keras

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / _FILE
            path.write_bytes(content)
            return FittedNetwork(keras.models.load_model(path, compile=False, safe_mode=True))

    def _model(self, features: Sequence[Feature], rows: Rows, classes: int) -> Any:
        import keras

        inputs = keras.Input((len(features),), dtype="float32", name="input")
        hidden = _prepared(features, rows, inputs)
        for units in self.hidden:
            hidden = keras.layers.Dense(units, activation="relu")(hidden)
        return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax")(hidden))


@dataclass(frozen=True)
class FittedNetwork:
    model: Any

    def probabilities(self, rows: Rows) -> NDArray[np.float64]:
        return np.asarray(self.model(rows.astype(np.float32), training=False), dtype=np.float64)

    def save(self) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / _FILE
            self.model.save(path)
            return path.read_bytes()

    def compile(self) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / _COMPILED_FILE
            self.model.export(path, format="litert", verbose=False)
            return path.read_bytes()


def _batch_size(rows: int) -> int:
    smallest, largest = BATCH_SIZES
    return min(max(rows // STEPS_AN_EPOCH, smallest), largest)


def _prepared(features: Sequence[Feature], rows: Rows, inputs: Any) -> Any:
    """The input made fit for dense layers: numbers to mean 0 and variance 1, a missing one to 0; categories one-hot.

    Stock layers and operations only, which load in safe mode and convert to LiteRT.
    """
    from keras import layers, ops

    parts = []
    numbers = [i for i, feature in enumerate(features) if feature.kind != "category"]
    categories = [i for i, feature in enumerate(features) if feature.kind == "category"]
    if numbers:
        part = inputs if len(numbers) == len(features) else ops.take(inputs, numbers, axis=1)
        means, variances = _moments(rows[:, numbers])
        part = layers.Normalization(mean=means, variance=variances)(part)
        if any(features[i].nullable for i in numbers):
            part = ops.where(ops.not_equal(part, part), 0.0, part)  # only NaN differs from itself
        parts.append(part)
    if categories:
        sizes = [len(features[i].categories) for i in categories]
        indices = np.concatenate([np.arange(size, dtype=np.float32) for size in sizes])
        repeated = ops.take(inputs, np.repeat(categories, sizes).tolist(), axis=1)
        parts.append(ops.cast(ops.equal(repeated, indices), "float32"))  # -1 and NaN equal none
    return parts[0] if len(parts) == 1 else layers.Concatenate()(parts)


def _moments(values: Rows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Each column's mean and the variance to divide by, of the values that are there.

    Columns of like spread keep their proportions, which may carry information: they are divided by one variance.
    """
    values = np.where(np.isnan(values).all(axis=0), 0.0, values)  # a fold may have none of a feature's few values
    variances = np.nanvar(values, axis=0)
    variances[variances == 0] = 1.0
    if variances.max() <= LIKE_VARIANCES * variances.min():
        variances[:] = variances.mean()
    return np.nanmean(values, axis=0), variances
