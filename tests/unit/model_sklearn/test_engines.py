"""Which engine serves which model, on estimators that were trained and exported for real."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from model_sklearn.native import SKLEARN
from model_sklearn.onnx import ONNXRUNTIME
from rich.console import Console
from serving.errors import EngineFailed
from serving.loader import ReleaseLoader
from serving.store import ReleaseStore, ReleaseWriter
from sklearn.ensemble import RandomForestClassifier
from sklearn.neighbors import KNeighborsClassifier
from trainer.estimator import Estimator
from trainer.preset import DEFAULT
from trainer.report import Report
from trainer.table import read_table
from trainer.trainable import Trainable
from trainer.training import train

from tests.releases import republish

FOREST = Estimator("forest", RandomForestClassifier(n_estimators=20, random_state=1))
NEIGHBORS = Estimator("neighbors", KNeighborsClassifier())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "store"


def publish(root: Path, *models: Trainable) -> ReleaseLoader:
    """A store with a release of these models, and what loads it."""
    table = read_table(DEFAULT.path, target=DEFAULT.target, name=DEFAULT.name)
    train(ReleaseWriter(root), table, models, Report(Console(file=io.StringIO())))
    return ReleaseLoader(ReleaseStore(root), "sklearn", [ONNXRUNTIME, SKLEARN])


def test_a_forest_is_served_by_onnx_runtime_and_neighbors_by_scikit_learns_search_which_is_faster(root: Path) -> None:
    loader = publish(root, FOREST, NEIGHBORS)
    models = loader.load(loader.store.current_id()).models
    assert (models["forest"].spec.platform, models["forest"].refused) == ("onnxruntime", {})
    assert models["neighbors"].spec.platform == "sklearn"
    assert models["neighbors"].refused == {"onnxruntime": "the release has no model.onnx"}


def test_a_graph_that_computes_wrongly_is_refused_and_scikit_learn_serves(root: Path) -> None:
    publish(root, Estimator("forest", RandomForestClassifier(n_estimators=20, random_state=2)))
    wrong = next((root / "releases").glob("*/forest/model.onnx")).read_bytes()
    loader = publish(root, FOREST)
    forest = loader.load(republish(root, replaced={"forest/model.onnx": wrong}).id).models["forest"]
    assert forest.spec.platform == "sklearn"
    assert "differs from the golden rows" in forest.refused["onnxruntime"]


def test_what_is_no_graph_at_all_is_refused_and_scikit_learn_serves(root: Path) -> None:
    loader = publish(root, FOREST)
    forest = loader.load(republish(root, replaced={"forest/model.onnx": b"\0" * 99}).id).models["forest"]
    assert (forest.spec.platform, list(forest.refused)) == ("sklearn", ["onnxruntime"])


def test_onnx_runtime_serves_what_another_version_of_scikit_learn_trained_and_scikit_learn_does_not(root: Path) -> None:
    loader = publish(root, FOREST)
    trained_elsewhere = republish(root, libraries={"scikit-learn": "0.24.2"})
    forest = loader.load(trained_elsewhere.id).models["forest"]
    assert (forest.spec.platform, forest.refused) == ("onnxruntime", {})
    with pytest.raises(EngineFailed, match=r"trained with scikit-learn 0\.24\.2"):
        ReleaseLoader(loader.store, "sklearn", [SKLEARN]).load(trained_elsewhere.id)


def test_scikit_learn_is_not_imported_while_onnx_runtime_serves(root: Path) -> None:
    publish(root, FOREST)
    program = (
        "import sys; from pathlib import Path; import model_sklearn.app\n"
        "from model_sklearn.native import SKLEARN; from model_sklearn.onnx import ONNXRUNTIME\n"
        "from serving.loader import ReleaseLoader; from serving.store import ReleaseStore\n"
        f"store = ReleaseStore(Path({str(root)!r}))\n"
        "loader = ReleaseLoader(store, 'sklearn', [ONNXRUNTIME, SKLEARN])\n"
        "print(loader.load(store.current_id()).models['forest'].spec.platform)\n"
        "print(sorted(sys.modules.keys() & {'joblib', 'sklearn'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["onnxruntime", "[]"]
