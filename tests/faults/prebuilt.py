"""Releases that wait in the store to be made current: `python -m tests.faults.prebuilt KIND COUNT OF` prints their ids.

It runs in a container of the trainer's, beside the store. Each has the content of the release `OF` once more; but of
the kind `unloadable`, its network is no network, and `hanging`, its forest never comes back from a row of `HANGS`.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import joblib
from serving.store import ReleaseStore

from tests.releases import republish

STORE = Path("/store")
HANGS = 6.66  # as a row's first number
HANGING = (
    "type('Hanging', (), {'predict_proba': lambda self, rows:"
    f" __import__('time').sleep(3600) if (rows[:, 0] == {HANGS}).any() else self.model.predict_proba(rows)}})()"
)


class Hanging:
    """Pickled so that whoever loads it needs nothing of ours."""

    def __init__(self, model: object) -> None:
        self.model = model

    def __reduce__(self) -> tuple[Any, ...]:
        return eval, (HANGING,), {"model": self.model}


def replaced(kind: str, folder: Path) -> dict[str, bytes]:
    if kind == "unloadable":
        return {f"neural_network/{file}": b"no network" for file in ("model.keras", "model.tflite")}
    if kind == "hanging":
        forest = io.BytesIO()
        joblib.dump(Hanging(joblib.load(folder / "random_forest/model.joblib")), forest)
        return {"random_forest/model.onnx": b"no forest", "random_forest/model.joblib": forest.getvalue()}
    return {}


def main(kind: str, count: int, of: str) -> None:
    source = ReleaseStore(STORE).folder(of)
    with tempfile.TemporaryDirectory() as name:  # a store of its own, which prunes and points to what it likes
        root = Path(name)
        shutil.copytree(source, root / "releases" / of)
        (root / "CURRENT").write_text(of)
        for _ in range(count):
            made = republish(root, replaced=replaced(kind, source)).id
            shutil.copytree(root / "releases" / made, STORE / "releases" / made)
            print(made)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
