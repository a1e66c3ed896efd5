"""The release's sample of its table, read from CSV."""

import csv
import io

from serving.store import Feature, Manifest

from gateway.inputs import Value
from gateway.messages import Dataset

PREDICTED = "predicted:"


def read_sample(content: bytes, manifest: Manifest) -> Dataset:
    """Columns: the features, the target, and `predicted:NAME` for each model's out-of-fold prediction."""
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    return Dataset(
        release=manifest.id,
        features=[feature.name for feature in manifest.features],
        rows=[[_value(feature, row[feature.name]) for feature in manifest.features] for row in rows],
        labels=[row[manifest.data.target] for row in rows],
        predictions={model.name: [row[PREDICTED + model.name] for row in rows] for model in manifest.models},
    )


def _value(feature: Feature, text: str) -> Value:
    if text == "" and feature.nullable:
        return None
    if feature.kind == "number":
        return float(text)
    if feature.kind == "boolean":
        return text.lower() == "true"
    return text
