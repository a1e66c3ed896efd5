"""The kinds of engine for Keras' models, the fastest first."""

from model_tf.litert import LITERT
from model_tf.native import TENSORFLOW

KINDS = (LITERT, TENSORFLOW)
