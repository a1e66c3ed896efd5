"""The commands that need no framework; the others are in the contract tests."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from serving.store import Manifest, ReleaseWriter
from sklearn.neighbors import KNeighborsClassifier
from trainer.cli import main
from trainer.estimator import Estimator
from trainer.report import Report
from trainer.table import Table
from trainer.training import train

FRAMEWORKS = ["joblib", "keras", "numpy", "onnx", "pandas", "rich", "skl2onnx", "sklearn", "tensorflow"]


@pytest.fixture
def manifest(writer: ReleaseWriter, plain: Table, report: Report) -> Manifest:
    return train(writer, plain, [Estimator("neighbors", KNeighborsClassifier())], report)


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_ensure_on_a_usable_store_imports_no_framework(writer: ReleaseWriter, manifest: Manifest) -> None:
    program = (
        "import atexit, sys; from trainer.cli import main\n"
        f"atexit.register(lambda: print('imported:', *sorted(sys.modules.keys() & {set(FRAMEWORKS)!r})))\n"
        "main(['ensure'])"
    )
    environment = {**os.environ, "MODEL_STORE": str(writer.root)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{manifest.id} is served: table plain, 40 rows", "imported:"]


def test_ensure_names_the_command_that_retrains_where_the_libraries_differ(
    capsys: pytest.CaptureFixture[str], writer: ReleaseWriter, manifest: Manifest
) -> None:
    document = manifest.model_dump(mode="json", exclude={"id", "created", "sample", "card"})
    document["libraries"]["scikit-learn"] = "1.0.0"
    [model] = manifest.models
    files = {f"neighbors/{file.name}": writer.store.model_file(manifest, model, file) for file in model.files}
    writer.publish(document, files)
    assert run("ensure", "--store", writer.root) == 0
    out = capsys.readouterr().out
    assert "trained with scikit-learn 1.0.0 (now " in out
    assert "trainer train --data FILE --target label --name plain" in out


def test_releases_marks_the_current_one_and_tells_damaged_ones(
    capsys: pytest.CaptureFixture[str], writer: ReleaseWriter, manifest: Manifest, plain: Table
) -> None:
    second = train(writer, plain, [Estimator("neighbors", KNeighborsClassifier(3))], Report(_silent()))
    model = writer.store.folder(manifest.id) / "neighbors" / "model.joblib"
    model.unlink()
    model.mkdir()  # it cannot be read at all
    assert run("releases", "--store", writer.root) == 0
    newest, oldest = capsys.readouterr().out.splitlines()
    assert newest.startswith(f"* {second.id}  table plain, 40 rows; neighbors 0.")
    assert oldest.startswith(f"  {manifest.id}  damaged: ")


def test_rollback_serves_another_release(
    capsys: pytest.CaptureFixture[str], writer: ReleaseWriter, manifest: Manifest, plain: Table
) -> None:
    train(writer, plain, [Estimator("neighbors", KNeighborsClassifier(3))], Report(_silent()))
    assert run("rollback", manifest.id, "--store", writer.root) == 0
    assert writer.store.current_id() == manifest.id


def test_rollback_to_an_unknown_release_changes_nothing(
    capsys: pytest.CaptureFixture[str], writer: ReleaseWriter, manifest: Manifest
) -> None:
    assert run("rollback", "20200101T000000000Z-000000000000", "--store", writer.root) == 1
    assert str(writer.root) in capsys.readouterr().err
    assert writer.store.current_id() == manifest.id


def test_verify_finds_a_changed_file(
    capsys: pytest.CaptureFixture[str], writer: ReleaseWriter, manifest: Manifest
) -> None:
    assert run("verify", "--store", writer.root) == 0
    file = writer.store.folder(manifest.id) / "neighbors" / "model.joblib"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert run("verify", manifest.id, "--store", writer.root) == 1
    assert str(file) in capsys.readouterr().err


@pytest.mark.parametrize("command", [["verify"], ["releases"]])
def test_a_store_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]
) -> None:
    assert run(*command, "--store", tmp_path / "nowhere") == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(tmp_path / "nowhere") in error


def test_an_unusable_table_is_one_line_and_nothing_is_published(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("x,label\n1,a\n")
    assert run("train", "--data", table, "--target", "label", "--store", tmp_path / "store") == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(table) in error
    assert not (tmp_path / "store" / "CURRENT").exists()


def test_a_store_in_use_by_another_trainer_is_refused(
    capsys: pytest.CaptureFixture[str], writer: ReleaseWriter
) -> None:
    with writer.lock():
        assert run("train", "--store", writer.root) == 1
    assert "another trainer" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--data", "x.csv"], ["--target", "x"], ["--name", "x"], ["--min-accuracy", "2"], ["--nonsense"]]
)
def test_a_usage_error_exits_with_2(arguments: list[str], tmp_path: Path) -> None:
    assert run("train", *arguments, "--store", tmp_path) == 2


def _silent() -> Console:
    return Console(file=io.StringIO())
