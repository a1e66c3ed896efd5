"""The kinds of engine that our model services know, the fastest first, for a process that calls them directly."""

from importlib import import_module
from importlib.util import find_spec

from model_sklearn.native import SKLEARN
from model_tf.native import TENSORFLOW
from serving.engine import EngineKind
from serving.store import Framework


def _with_compiled(module: str, native: EngineKind) -> list[EngineKind]:
    if find_spec(module) is None:
        return [native]
    return [value for value in vars(import_module(module)).values() if isinstance(value, EngineKind)] + [native]


KINDS: dict[Framework, list[EngineKind]] = {
    "sklearn": _with_compiled("model_sklearn.onnx", SKLEARN),
    "tensorflow": _with_compiled("model_tf.litert", TENSORFLOW),
}
