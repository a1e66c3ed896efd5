"""The trainer as it is called: its exit codes, its output, and a release of the default table."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from serving.store import ReleaseStore
from trainer.cli import main

TRAINER = str(Path(sys.executable).with_name("trainer"))


def start(store: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "MODEL_STORE": str(store)}
    return subprocess.Popen(
        [TRAINER, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def run(store: Path, *arguments: str) -> tuple[int, str, str]:
    process = start(store, *arguments)
    out, error = process.communicate()
    return process.returncode, out, error


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ReleaseStore:
    """A store that two `trainer ensure` filled at once."""
    root = tmp_path_factory.mktemp("release") / "store"
    both = [start(root, "ensure") for _ in range(2)]
    assert [process.communicate()[1] for process in both] == ["", ""]
    assert [process.returncode for process in both] == [0, 0]
    return ReleaseStore(root)


def test_two_at_once_publish_one_release(store: ReleaseStore) -> None:
    assert store.release_ids() == [store.current_id()]


def test_the_release_has_the_three_models_and_each_is_worth_having(store: ReleaseStore) -> None:
    manifest = store.verify(store.current_id())
    assert [(model.name, model.framework) for model in manifest.models] == [
        ("random_forest", "sklearn"),
        ("k_neighbors", "sklearn"),
        ("neural_network", "tensorflow"),
    ]
    assert all(model.metrics.accuracy > 0.9 for model in manifest.models)


def test_training_again_with_nothing_changed_trains_nothing(store: ReleaseStore) -> None:
    current = store.current_id()
    code, out, _ = run(store.root, "train")
    assert (code, store.current_id()) == (0, current)
    assert "nothing has changed" in out


def test_a_refused_candidate_exits_with_3_and_the_old_release_stays(
    store: ReleaseStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    current = store.current_id()
    table = tmp_path / "noise.csv"
    table.write_text("x,label\n" + "".join(f"{i * 7919 % 101},{'ab'[i % 2]}\n" for i in range(12)))
    with pytest.raises(SystemExit) as ended:  # in this process, to import TensorFlow once
        main(["train", "--data", str(table), "--target", "label", "--min-accuracy", "1", "--store", str(store.root)])
    assert (ended.value.code, store.current_id()) == (3, current)
    error = capsys.readouterr().err
    assert "was refused" in error
    assert error.count("\n") == 1


def test_the_manifest_is_plain_json_without_NaN(store: ReleaseStore) -> None:  # noqa: N802
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    path = store.folder(store.current_id()) / "manifest.json"
    json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
