import io

import pytest
from rich.console import Console
from serving.store import Manifest, ReleaseWriter
from sklearn.neighbors import KNeighborsClassifier
from trainer.estimator import Estimator
from trainer.preset import DEFAULT
from trainer.report import Report
from trainer.retrain import advice
from trainer.table import read_table
from trainer.training import train


@pytest.fixture
def manifest(writer: ReleaseWriter) -> Manifest:
    table = read_table(DEFAULT.path, target=DEFAULT.target, name=DEFAULT.name, units=DEFAULT.units)
    neighbors = Estimator("neighbors", KNeighborsClassifier())
    return train(writer, table, [neighbors], Report(Console(file=io.StringIO())))


def test_with_the_same_libraries_there_is_nothing_to_advise(manifest: Manifest) -> None:
    assert advice(manifest) is None


def test_the_default_table_is_retrained_without_options(manifest: Manifest) -> None:
    older = manifest.model_copy(update={"libraries": {**manifest.libraries, "keras": "2.0"}})
    assert (advice(older) or "").startswith("it was trained with keras 2.0 (now ")
    assert (advice(older) or "").endswith("; to retrain: trainer train")


def test_the_users_table_is_retrained_from_the_users_file(manifest: Manifest) -> None:
    data = manifest.data.model_copy(update={"sha256": "0" * 64, "name": "my flowers"})
    older = manifest.model_copy(update={"data": data, "libraries": {}})
    assert (advice(older) or "").endswith("trainer train --data FILE --target species --name 'my flowers'")
