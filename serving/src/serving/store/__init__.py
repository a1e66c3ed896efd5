"""The release store: the only place that touches its files."""

from serving.store.manifest import (
    FRAMEWORKS,
    PREDICTED,
    Card,
    Comparison,
    Data,
    Feature,
    Framework,
    GoldenRows,
    Manifest,
    Metrics,
    Model,
    Precision,
    StoredFile,
)
from serving.store.reader import ReleaseStore
from serving.store.writer import ReleaseWriter, stored_file

__all__ = [
    "FRAMEWORKS",
    "PREDICTED",
    "Card",
    "Comparison",
    "Data",
    "Feature",
    "Framework",
    "GoldenRows",
    "Manifest",
    "Metrics",
    "Model",
    "Precision",
    "ReleaseStore",
    "ReleaseWriter",
    "StoredFile",
    "stored_file",
]
