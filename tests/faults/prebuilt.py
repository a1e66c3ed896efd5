"""Releases that wait in the store to be made current: `python -m tests.faults.prebuilt KIND COUNT OF` prints their ids.

It runs in a container of the trainer's, beside the store. Each has the content of the release `OF` once more; but of
the kind `unloadable`, its network is no network, and `hanging`, its forest never comes back from a row of `HANGS`.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
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


def copies(of: str, count: int, replaced: Mapping[str, bytes]) -> Iterator[Path]:
    """So many new releases with the content of one, but for what is replaced in it. CURRENT stays as it is."""
    with tempfile.TemporaryDirectory() as name:  # a store of its own, which prunes and points to what it likes
        root = Path(name)
        shutil.copytree(ReleaseStore(STORE).folder(of), root / "releases" / of)
        (root / "CURRENT").write_text(of)
        for _ in range(count):
            made = republish(root, replaced=replaced).id
            yield shutil.copytree(root / "releases" / made, STORE / "releases" / made)


if __name__ == "__main__":
    kind, count, of = sys.argv[1:]
    for made in copies(of, int(count), replaced(kind, ReleaseStore(STORE).folder(of))):
        print(made.name)
