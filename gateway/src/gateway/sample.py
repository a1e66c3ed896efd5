"""The release's sample of its table, read from CSV."""

import csv
import io

from serving.errors import ReleaseDamaged
from serving.store import PREDICTED, Feature, Manifest, ReleaseStore

from gateway.inputs import Value
from gateway.messages import Dataset


def read_sample(store: ReleaseStore, manifest: Manifest) -> Dataset | None:
    """The sample, where the release has one. Raises ReleaseDamaged.

    Columns: the features, the target, and `predicted:NAME` for each model's out-of-fold prediction.
    """
    content = store.sample(manifest)
    if content is None:
        return None
    try:
        return _parse(content, manifest)
    except (csv.Error, ValueError, KeyError) as error:
        raise ReleaseDamaged("sample.csv does not have the columns of the release") from error


def _parse(content: bytes, manifest: Manifest) -> Dataset:
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
