"""What tests of more than one level need."""

import subprocess
from pathlib import Path

import pytest

from tests.processes import BIN


@pytest.fixture(scope="session")
def iris_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a release of the trainer's default table, trained for real."""
    root = tmp_path_factory.mktemp("iris") / "store"
    subprocess.run([BIN / "trainer", "ensure", "--store", root], check=True)
    return root
