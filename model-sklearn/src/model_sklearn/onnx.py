"""ONNX Runtime, on the graph that the trainer converted. scikit-learn is not imported for it."""

from typing import cast

import numpy as np
from serving.engine import Engine, EngineKind, Probabilities, Rows
from serving.errors import EngineFailed
from serving.store import Manifest

_INPUT_TYPES = {"tensor(double)": np.float64, "tensor(float)": np.float32}
_ERROR = 3  # of the severities of ONNX Runtime's log


def load(content: bytes, manifest: Manifest) -> Engine:
    """Load a graph of one input, (rows, features), and one output, (rows, classes).

    One thread that never spins: the calls are of microseconds, and come one after another.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = _ERROR
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    [given], [wanted] = session.get_inputs(), session.get_outputs()
    if given.type not in _INPUT_TYPES:
        raise EngineFailed(f"the graph takes {given.type}, which is no table of numbers")
    name, dtype, outputs = given.name, _INPUT_TYPES[given.type], [wanted.name]

    def infer(rows: Rows) -> Probabilities:
        [answer] = session.run(outputs, {name: rows.astype(dtype, copy=False)})
        return cast("Probabilities", answer)

    return infer


ONNXRUNTIME = EngineKind("onnxruntime", "model.onnx", "float64", load)
