"""The kinds of engine that our model services know, the fastest first, for a process that calls them directly."""

from model_sklearn.native import SKLEARN
from model_sklearn.onnx import ONNXRUNTIME
from model_tf.litert import LITERT
from model_tf.native import TENSORFLOW
from serving.engine import EngineKind
from serving.store import Framework

KINDS: dict[Framework, tuple[EngineKind, ...]] = {
    "sklearn": (ONNXRUNTIME, SKLEARN),
    "tensorflow": (LITERT, TENSORFLOW),
}
