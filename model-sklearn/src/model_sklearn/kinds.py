"""The kinds of engine for scikit-learn's models, the fastest first."""

from model_sklearn.native import SKLEARN
from model_sklearn.onnx import ONNXRUNTIME

KINDS = (ONNXRUNTIME, SKLEARN)
