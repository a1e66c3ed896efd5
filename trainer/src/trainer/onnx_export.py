"""scikit-learn's estimators as ONNX graphs: one input, (rows, features), and one output, (rows, classes)."""

from typing import Any

import numpy as np
from serving.errors import EngineFailed
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline

MOST_NEIGHBORS = 200  # training rows that ONNX compares with in less time than `predict_proba` takes
MOST_SEARCHED = 20  # the same where no pipeline is around them: model-sklearn searches their tree itself
_TREES = "TreeEnsembleClassifier"
_NUMBERS_OF_TREES = ("nodes_values", "class_weights", "base_values")


def to_onnx(estimator: Any) -> bytes:
    """Convert a fitted classifier or pipeline. Raises EngineFailed, or what the converter does, where that fails."""
    import skl2onnx
    from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType

    steps = [step for _, step in estimator.steps] if isinstance(estimator, Pipeline) else [estimator]
    if getattr(steps[-1], "n_samples_fit_", 0) > (MOST_NEIGHBORS if len(steps) > 1 else MOST_SEARCHED):
        raise EngineFailed(f"ONNX would compare with all {steps[-1].n_samples_fit_} rows, which scikit-learn need not")
    tensor = FloatTensorType if _in_single_precision(steps) else DoubleTensorType
    graph = skl2onnx.to_onnx(
        estimator, initial_types=[("input", tensor([None, estimator.n_features_in_]))], options={"zipmap": False}
    )
    del graph.graph.output[0]  # the labels: they follow from the probabilities
    _sum_in_double_precision(graph)
    content: bytes = graph.SerializeToString()
    return content


def _in_single_precision(steps: list[Any]) -> bool:
    """scikit-learn's trees compare inputs in single precision, and ONNX Runtime imputes in no other."""
    return isinstance(steps[0], ColumnTransformer) or any(hasattr(steps[-1], each) for each in ("tree_", "estimators_"))


def _sum_in_double_precision(model: Any) -> None:
    """Have trees add up their votes as scikit-learn does: in single precision, 500 of them miss by 5e-6.

    The thresholds stay as they are: `skl2onnx` has moved them to where single precision decides as scikit-learn does.
    Source: ONNX's TreeEnsembleClassifier, version 3.
    """
    from onnx import TensorProto, helper, numpy_helper

    nodes = model.graph.node
    for trees in [node for node in nodes if node.op_type == _TREES]:
        for attribute in [each for each in trees.attribute if each.name in _NUMBERS_OF_TREES]:
            name, numbers = f"{attribute.name}_as_tensor", np.array(attribute.floats, dtype=np.float64)
            trees.attribute.remove(attribute)
            trees.attribute.append(helper.make_attribute(name, numpy_helper.from_array(numbers, name)))
        wide = f"{trees.name}_input"
        nodes.insert(list(nodes).index(trees), helper.make_node("Cast", trees.input, [wide], to=TensorProto.DOUBLE))
        trees.input[0] = wide
    for opset in model.opset_import:
        if opset.domain == "ai.onnx.ml":
            opset.version = max(opset.version, 3)
