"""Versions of what trains a release, read without importing any of it."""

import platform
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("scikit-learn", "tensorflow", "keras", "numpy", "pandas", "joblib", "skl2onnx", "onnx")


def installed_versions() -> dict[str, str]:
    """As they stand in a manifest: `tensorflow` is whichever of its packages is installed."""
    return {"python": platform.python_version(), **{name: _version(name) for name in LIBRARIES}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return version(f"{name}-cpu")
