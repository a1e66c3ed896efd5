"""Releases made from a trained one, without training again."""

import json
from pathlib import Path

from serving.store import Manifest, ReleaseStore, ReleaseWriter


def republish(root: Path) -> Manifest:
    """Publish the current release's content once more, as a new release."""
    store = ReleaseStore(root)
    manifest = store.verify(store.current_id())
    folder = store.folder(manifest.id)
    document = json.loads((folder / "manifest.json").read_text())
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    writer = ReleaseWriter(root)
    with writer.lock():
        return writer.publish(
            {key: value for key, value in document.items() if key not in ("id", "created")},
            {name: content for name, content in files.items() if name != "manifest.json"},
        )
