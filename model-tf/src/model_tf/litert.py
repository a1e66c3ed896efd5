"""LiteRT, on the network that the trainer converted. TensorFlow is not imported for it."""

from typing import cast

import numpy as np
from serving.engine import Engine, EngineKind, Probabilities, Rows
from serving.store import Manifest


def load(content: bytes, manifest: Manifest) -> Engine:
    """Load a network of one input, (rows, features), and one output, (rows, classes).

    Its input is made as long as the rows where the last call had another number of them: that costs 3 µs, less than
    computing rows that only fill up.
    """
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=content, num_threads=1)
    [given], [wanted] = interpreter.get_input_details(), interpreter.get_output_details()
    source, target = given["index"], wanted["index"]
    allocated = 0

    def infer(rows: Rows) -> Probabilities:
        nonlocal allocated
        if len(rows) != allocated:
            allocated = 0  # whatever raises below, the next call starts from the beginning
            interpreter.resize_tensor_input(source, rows.shape)
            interpreter.allocate_tensors()
            allocated = len(rows)
        interpreter.set_tensor(source, rows.astype(np.float32))
        interpreter.invoke()
        return cast("Probabilities", interpreter.get_tensor(target))

    return infer


LITERT = EngineKind("litert", "model.tflite", "float32", load)
