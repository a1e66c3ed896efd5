"""Releases made from a trained one, without training again."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from serving.store import Manifest, ReleaseStore, ReleaseWriter, stored_file


def republish(root: Path, *, replaced: Mapping[str, bytes] | None = None, **changes: Any) -> Manifest:
    """Publish the current release's content once more, as a new release.

    `replaced` holds other contents of files by their path, `forest/model.onnx`; `changes` are other manifest entries.
    """
    store = ReleaseStore(root)
    manifest = store.verify(store.current_id())
    folder = store.folder(manifest.id)
    document = json.loads((folder / "manifest.json").read_text())
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    files |= replaced or {}
    for model in document["models"]:
        names = [file["name"] for file in model["files"]]
        model["files"] = [stored_file(name, files[f"{model['name']}/{name}"]).model_dump() for name in names]
    writer = ReleaseWriter(root)
    with writer.lock():
        return writer.publish(
            {key: value for key, value in document.items() if key not in ("id", "created")} | changes,
            {name: content for name, content in files.items() if name != "manifest.json"},
        )
