"""The README tells the truth: its commands run, and its sample is what comes back."""

import csv
import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.document import README
from tests.processes import until
from tests.stack import Stack

ROOT = Path(__file__).parents[2]
VOLATILE = {"release", "version", "request_id", "latency_ms"}
TOLERANCE = 0.05  # training differs a little between processors
SAMPLE = json.loads(README.block("json"))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small table whose column of classes is called as the README calls it."""
    path = tmp_path_factory.mktemp("table") / "table.csv"
    rows = [f"{width + 0.01 * number},{kind},{kind}\n" for number in range(20) for width, kind in ((1, "a"), (2, "b"))]
    path.write_text("width (mm),kind,column\n" + "".join(rows))
    path.parent.chmod(0o755)
    return path


@pytest.fixture
def restored(stack: Stack) -> Iterator[None]:
    """The release before the test is served again after it."""
    until(stack.all_ready, seconds=60, what="all models to be ready")
    before = stack.current_release()
    yield
    stack.roll_back(before)


def alike(shown: Any, real: Any) -> bool:
    """Whether the sample says what the system says, but for ids, times and the last digits."""
    if isinstance(shown, dict):
        return shown.keys() == real.keys() and all(key in VOLATILE or alike(shown[key], real[key]) for key in shown)
    if isinstance(shown, list):
        return len(shown) == len(real) and all(map(alike, shown, real))
    if isinstance(shown, float):
        return isinstance(real, float) and abs(shown - real) <= TOLERANCE
    return bool(shown == real)


def asked(stack: Stack, curl: str) -> str:
    """What a curl command of the README prints, said to this stack."""
    words = shlex.split(curl.replace("127.0.0.1:8080", stack.url.removeprefix("http://")))
    done = subprocess.run(["curl", "--noproxy", "*", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_commands_that_the_tests_below_and_beside_run_are_all_there_are() -> None:
    beside = ["make run", "make test", "docker compose up --build --wait"]
    of_test_guarded = [README.command("api-key"), README.command("install"), README.command("reload")]
    of_test_load = ["make load", README.command("loadtest")]
    of_test_observability = [README.command("observability")]
    below = [
        README.command("curl", "127.0.0.1:8080/predict"),
        README.command("curl", "127.0.0.1:8080/predict/csv"),
        README.command("train", "--force"),
        README.command("releases"),
        README.command("train", "--data"),
        README.command("make", "train"),
    ]
    too_long_for_a_test = ["make bench"]
    elsewhere = beside + of_test_guarded + of_test_load + of_test_observability + too_long_for_a_test
    assert sorted(README.commands()) == sorted(below + elsewhere)


def test_the_sample_is_what_the_command_above_it_answers(stack: Stack) -> None:
    until(stack.all_ready, seconds=60, what="all models to be ready")
    answer = json.loads(asked(stack, README.command("curl", "127.0.0.1:8080/predict")))
    assert alike(SAMPLE, answer), answer


def test_the_table_in_the_clone_is_answered_row_by_row(stack: Stack) -> None:
    until(stack.all_ready, seconds=60, what="all models to be ready")
    rows = list(csv.DictReader(asked(stack, README.command("curl", "127.0.0.1:8080/predict/csv")).splitlines()))
    assert len(rows) == 150
    assert {row["error"] for row in rows} == {""}
    assert sum(row["prediction"] == row["species"] for row in rows) >= 140


@pytest.mark.parametrize("words", [("train", "--force"), ("releases",), ("train", "--data")])
def test_a_training_command_runs_and_its_release_is_served(
    stack: Stack, restored: None, table: Path, words: tuple[str, ...]
) -> None:
    arguments = shlex.split(README.command(*words).replace("./table.csv", str(table)))
    assert arguments[:2] == ["docker", "compose"]
    stack.compose(*arguments[2:])
    until(lambda: stack.served_release() == stack.current_release(), seconds=20, what="its release to be served")


def test_the_make_command_trains_a_table_without_docker(table: Path, tmp_path: Path) -> None:
    arguments = shlex.split(README.command("make", "train").replace("table.csv", str(table)))
    environment = {**os.environ, "MODEL_STORE": str(tmp_path / "store")}
    subprocess.run(arguments, cwd=ROOT, env=environment, check=True)
    assert (tmp_path / "store/CURRENT").is_file()
