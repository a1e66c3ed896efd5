"""What tests of more than one level need."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sklearn.datasets import load_wine

from tests.processes import BIN, until
from tests.stack import Stack, brought_up


@pytest.fixture(scope="session")
def iris_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a release of the trainer's default table, trained for real."""
    root = tmp_path_factory.mktemp("iris") / "store"
    subprocess.run([BIN / "trainer", "ensure", "--store", root], check=True)
    return root


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The stack, built and brought up once for all tests."""
    with brought_up(f"triptych-test-{os.getpid()}") as stack:
        yield stack


@pytest.fixture(scope="session")
def wine_release(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """scikit-learn's wine, trained in the running stack and rolled back from: a release of another table.

    The store keeps five releases: no more than three may be published after it before its last use.
    """
    wine = load_wine(as_frame=True)
    table = wine.frame.drop(columns="target").assign(cultivar=wine.target_names[wine.target])
    path = tmp_path_factory.mktemp("wine") / "wine.csv"
    table.to_csv(path, index=False)
    path.parent.chmod(0o755)
    before = stack.current_release()
    mounted = ("--volume", f"{path}:/wine.csv:ro")
    stack.trainer("train", "--data", "/wine.csv", "--target", "cultivar", options=mounted)
    published = stack.current_release()
    until(lambda: stack.served_release() == published, seconds=20, what="wine to be served")
    stack.roll_back(before)
    return published
