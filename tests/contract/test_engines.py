"""A compiled file that is not what it should be, in the services as they are shipped; and what LiteRT does without."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx2
import numpy as np
import pytest
from serving.store import ReleaseStore
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from trainer.onnx_export import to_onnx

from tests.processes import answers, free_ports, serving, until
from tests.releases import republish


def wrong_forest(folder: Path) -> bytes:
    """A graph of the right shape that has learned something else."""
    rows, labels = load_iris(return_X_y=True)
    return to_onnx(RandomForestClassifier(10, random_state=1).fit(rows, (labels + 1) % 3))


def cut_off(folder: Path) -> bytes:
    """The first half of what was published."""
    content = (folder / "neural_network/model.tflite").read_bytes()
    return content[: len(content) // 2]


WRONG_FILES = [
    ("model_sklearn", "random_forest/model.onnx", wrong_forest, "sklearn", {"onnxruntime": "golden rows by 1,"}),
    ("model_tf", "neural_network/model.tflite", cut_off, "tensorflow", {"litert": "does not load: ValueError"}),
]


@pytest.mark.parametrize(("package", "file", "wrong", "engine", "refused"), WRONG_FILES, ids=["sklearn", "tensorflow"])
def test_the_framework_itself_serves_where_the_compiled_file_is_wrong_and_readiness_says_why(
    package: str,
    file: str,
    wrong: Callable[[Path], bytes],
    engine: str,
    refused: dict[str, str],
    iris_store: Path,
    tmp_path: Path,
) -> None:
    store = ReleaseStore(shutil.copytree(iris_store, tmp_path / "store"))
    manifest = republish(store.root, replaced={file: wrong(store.folder(store.current_id()))})
    name, golden = file.partition("/")[0], manifest.golden
    with serving(f"{package}.app:create_app()", free_ports(1)[0], MODEL_STORE=str(store.root)) as process:
        url = process.url
        until(lambda: answers(f"{url}/v2/health/ready"), seconds=60, what=f"{package} to be ready")
        models = httpx2.get(f"{url}/v2/health/ready", trust_env=False).json()["models"]
        [model] = [each for each in models if (each["name"], each["version"]) == (name, manifest.id)]
        tensor = {"name": "input", "shape": [len(golden.rows), 4], "datatype": "FP64", "data": golden.rows}
        answer = httpx2.post(f"{url}/v2/models/{name}/infer", json={"inputs": [tensor]}, trust_env=False).json()
    assert model["engine"] == engine
    assert model["engines_refused"].keys() == refused.keys()
    assert all(why in model["engines_refused"][each] for each, why in refused.items())
    np.testing.assert_allclose(answer["outputs"][1]["data"], golden.probabilities[name], rtol=0, atol=1e-5)


def test_tensorflow_is_not_imported_while_litert_serves(iris_store: Path) -> None:
    program = (
        "import sys; from pathlib import Path; import model_tf.app\n"
        "from model_tf.litert import LITERT; from model_tf.native import TENSORFLOW\n"
        "from serving.loader import ReleaseLoader; from serving.store import ReleaseStore\n"
        f"store = ReleaseStore(Path({str(iris_store)!r}))\n"
        "loader = ReleaseLoader(store, 'tensorflow', [LITERT, TENSORFLOW])\n"
        "print(loader.load(store.current_id()).models['neural_network'].spec.platform)\n"
        "print(sorted(sys.modules.keys() & {'keras', 'tensorflow'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["litert", "[]"]
