"""What a result was measured on."""

import platform
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from loadtest.benchmark.home import REQUIREMENTS

OURS = ("fastapi", "uvicorn", "uvloop", "httptools", "gunicorn", "pydantic", "numpy", "scikit-learn", "keras")


def machine() -> dict[str, Any]:
    """Facts that a reader needs to judge the numbers; no name or path of this machine."""
    return {
        "processor": _processor(),
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "wrk": _wrk_version(),
        "packages": {name: version(name) for name in OURS},
        "peers": _pins(),
    }


def _processor() -> str:
    """Its name, as the system tells it."""
    if sys.platform == "darwin":
        return _output("sysctl", "-n", "machdep.cpu.brand_string")
    names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return names[0] if names else platform.machine()


def _wrk_version() -> str:
    return re.sub(r"^wrk\s+(?:debian/)?(\S+).*$", r"\1", _output("wrk", "-v").splitlines()[0])


def _pins() -> dict[str, str]:
    """What each environment of requirements/ was made for: the first lines of its .in file."""
    wanted = {path.stem: path.read_text().split() for path in sorted(REQUIREMENTS.glob("*.in"))}
    return {name: " ".join(line for line in lines if "==" in line) for name, lines in wanted.items()}


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
