"""The release that all contenders serve: the default table's, with this version's models and files."""

import os
import subprocess
import sys
from pathlib import Path

from loadtest.benchmark.server import LOCAL

STORE = LOCAL / "store"


def train(store: Path) -> None:
    """Publish it where it is missing or made by another version."""
    environment = {**os.environ, "MODEL_STORE": str(store)}
    command = [str(Path(sys.executable).with_name("trainer")), "train"]
    subprocess.run(command, env=environment, check=True)
