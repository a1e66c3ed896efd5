"""`make load`, as a person runs it."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.stack import ROOT


@dataclass(frozen=True)
class Load:
    """A `make load` that is over."""

    code: int
    printed: str
    folder: Path

    @property
    def verdict(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((self.folder / "verdict.json").read_text())
        return told


def make_load(host: str, shape: str = "smoke", options: str = "", **environment: str) -> Load:
    command = ["make", "--no-print-directory", "load", f"SHAPE={shape}", f"HOST={host}", f"ARGS={options}"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=120
    )
    first = done.stdout.partition("\n")[0]
    return Load(done.returncode, done.stdout + done.stderr, ROOT / first.removeprefix("The reports go to "))


def limits(**changes: float) -> str:
    return " ".join(f"--limit {name}={value:g}" for name, value in changes.items())
