"""TensorFlow itself, as a concrete function of the Keras model: `predict` would cost a hundred times as much a call."""

import os
import tempfile
from pathlib import Path
from typing import cast

import numpy as np
from serving.engine import Engine, EngineKind, Probabilities, Rows
from serving.store import Manifest

ENVIRONMENT = {  # as the trainer has it, so that the golden rows come out the same
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # whose rounding depends on the processor
}


def load(content: bytes, manifest: Manifest) -> Engine:
    """Load a `.keras` archive. Keras reads files only, so the checked bytes go through a temporary one."""
    for variable, value in ENVIRONMENT.items():
        os.environ.setdefault(variable, value)
    import keras
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        path.write_bytes(content)
        model = keras.models.load_model(path, compile=False, safe_mode=True)
    signature = tf.TensorSpec([None, len(manifest.features)], tf.float32)
    function = tf.function(lambda rows: model(rows, training=False)).get_concrete_function(signature)

    def infer(rows: Rows) -> Probabilities:
        return cast("Probabilities", function(tf.constant(rows, tf.float32)).numpy().astype(np.float64))

    return infer


TENSORFLOW = EngineKind("tensorflow", "model.keras", "float32", load)
