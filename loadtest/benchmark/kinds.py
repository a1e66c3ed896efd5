"""The kinds of engine that our model services know, by framework."""

from collections.abc import Sequence

import model_sklearn.kinds
import model_tf.kinds
from serving.engine import EngineKind
from serving.store import Framework

KINDS: dict[Framework, Sequence[EngineKind]] = {
    "sklearn": model_sklearn.kinds.KINDS,
    "tensorflow": model_tf.kinds.KINDS,
}
