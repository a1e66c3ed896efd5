"""A release's models without any code of ours, for the environments of other servers.

`as_trained` are scikit-learn and Keras as their own documentation calls them; `compiled` are ONNX Runtime and LiteRT
on the exported files that a release has, and else scikit-learn itself or a compiled function of the Keras model.
"""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Engine = Callable[[Any], Any]  # (rows, features) to (rows, classes)
RELEASE = Path(os.environ["RELEASE"])
MANIFEST: dict[str, Any] = json.loads((RELEASE / "manifest.json").read_text())
CLASSES: list[str] = MANIFEST["classes"]
FEATURES: list[str] = [feature["name"] for feature in MANIFEST["features"]]
NAMES: list[str] = [model["name"] for model in MANIFEST["models"]]


def load(name: str) -> Engine:
    """One model, on the engines that the environment asks for: BENCH_ENGINES is `compiled` or `as_trained`."""
    return {"as_trained": as_trained, "compiled": compiled}[os.environ["BENCH_ENGINES"]](name)


def as_trained(name: str) -> Engine:
    if (RELEASE / name / "model.keras").exists():
        import keras

        network = keras.models.load_model(RELEASE / name / "model.keras", compile=False)
        return lambda rows: network.predict(np.asarray(rows, np.float32), verbose=0)
    import joblib

    estimator = joblib.load(RELEASE / name / "model.joblib")
    return lambda rows: estimator.predict_proba(np.asarray(rows))


def compiled(name: str) -> Engine:
    """The fastest engine that there is a file for and that reproduces the golden rows, as our services choose."""
    loaders = {
        "model.onnx": _onnx,
        "model.tflite": _litert,
        "model.joblib": lambda _: as_trained(name),
        "model.keras": _function,
    }
    files = {RELEASE / name / file: loader for file, loader in loaders.items()}
    engines = (loader(path) for path, loader in files.items() if path.exists())
    return next(engine for engine in engines if _reproduces_golden_rows(engine, name))


def _reproduces_golden_rows(engine: Engine, name: str) -> bool:
    golden = MANIFEST["golden"]
    return bool(np.allclose(engine(golden["rows"]), golden["probabilities"][name], atol=1e-4))


def _onnx(path: Path) -> Engine:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    [tensor] = session.get_inputs()
    dtype = np.float64 if "double" in tensor.type else np.float32
    output = session.get_outputs()[-1].name
    return lambda rows: session.run([output], {tensor.name: np.asarray(rows, dtype)})[0]


def _litert(path: Path) -> Engine:
    from ai_edge_litert.interpreter import Interpreter

    interpreters: dict[int, Any] = {}  # one for each number of rows, since resizing one costs more than running it

    def infer(rows: Sequence[Sequence[float]]) -> Any:
        table = np.asarray(rows, np.float32)
        if len(table) not in interpreters:
            interpreters[len(table)] = made = Interpreter(str(path), num_threads=1)
            made.resize_tensor_input(made.get_input_details()[0]["index"], table.shape)
            made.allocate_tensors()
        interpreter = interpreters[len(table)]
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], table)
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])

    return infer


def _function(path: Path) -> Engine:
    import keras
    import tensorflow as tf

    network = keras.models.load_model(path, compile=False)
    signature = tf.TensorSpec([None, len(FEATURES)], tf.float32)
    function = tf.function(lambda rows: network(rows, training=False)).get_concrete_function(signature)
    return lambda rows: function(tf.constant(rows, tf.float32)).numpy()
