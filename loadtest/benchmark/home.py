"""An environment of its own for each server that is not ours, from exact pins."""

import subprocess
import sys
from pathlib import Path

from loadtest.benchmark.server import LOCAL, ROOT

REQUIREMENTS = Path(__file__).with_name("requirements")
UV = ROOT / ".local/bin/uv"


class NotInstalled(Exception):
    """What an environment needs cannot be had here."""


def home(name: str) -> Path:
    """The folder of the environment's commands, which is made where it is missing or old. Raises NotInstalled."""
    if name == "project":
        return Path(sys.executable).parent
    folder, pins = LOCAL / name, REQUIREMENTS / f"{name}.txt"
    installed = folder / "installed.txt"
    if not installed.exists() or installed.read_bytes() != pins.read_bytes():
        print(f"installing {name} …", flush=True)
        _uv("venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
        _uv("pip", "sync", "--quiet", "--python", str(folder / "bin/python"), str(pins))
        installed.write_bytes(pins.read_bytes())
    return folder / "bin"


def _uv(*arguments: str) -> None:
    run = subprocess.run([str(UV), *arguments], capture_output=True, text=True, check=False)
    if run.returncode:
        raise NotInstalled(f"its environment cannot be made here\n{run.stderr.strip()}")
