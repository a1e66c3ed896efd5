"""Releases of 1, 2, 4 and 8 models, to see what each model costs: copies of the trained three under other names."""

import json
import shutil
from pathlib import Path
from typing import Any

from serving.store import ReleaseStore, ReleaseWriter

from loadtest.benchmark.contender import MODELS
from loadtest.benchmark.server import LOCAL

COUNTS = (1, 2, 4, 8)


def names(count: int) -> dict[str, str]:
    """Each model's name in the release to the trained one that it is a copy of, which come in turn."""
    turns = ((index // len(MODELS) + 1, MODELS[index % len(MODELS)]) for index in range(count))
    return {name if turn == 1 else f"{name}_{turn}": name for turn, name in turns}


def store(count: int) -> Path:
    return LOCAL / "growth" / str(count)


def publish(source: Path, count: int) -> None:
    """Publish the source's current release with so many models, in a store of its own."""
    shutil.rmtree(store(count), ignore_errors=True)
    releases = ReleaseStore(source)
    folder = releases.folder(releases.current_id())
    writer = ReleaseWriter(store(count))
    copies = names(count)
    files = {
        f"{name}/{path.name}": path.read_bytes()
        for name, copied in copies.items()
        for path in (folder / copied).iterdir()
    }
    with writer.lock():
        writer.publish(with_copies(json.loads((folder / "manifest.json").read_text()), copies), files)


def with_copies(manifest: dict[str, Any], copies: dict[str, str]) -> dict[str, Any]:
    """What a manifest says of the trained models, said of their copies; without what tells all models in one."""
    models = {model["name"]: model for model in manifest["models"]}
    probabilities = manifest["golden"]["probabilities"]
    left_out = ("id", "created", "sample", "comparison", "card")
    return {
        **{key: value for key, value in manifest.items() if key not in left_out},
        "models": [{**models[copied], "name": name} for name, copied in copies.items()],
        "golden": {
            **manifest["golden"],
            "probabilities": {name: probabilities[copied] for name, copied in copies.items()},
        },
    }
