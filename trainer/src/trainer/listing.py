"""The releases of a store in words, a line each."""

from collections.abc import Iterator

from serving.errors import NoRelease, ReleaseDamaged, StoreError
from serving.store import Manifest, ReleaseStore


def listing(store: ReleaseStore) -> Iterator[str]:
    """Newest first, the current one marked with an asterisk. Raises NoRelease where there is nothing to list."""
    ids = store.release_ids()
    try:
        current = store.current_id()
    except (NoRelease, ReleaseDamaged):
        if not ids:
            raise
        current = None
    for release_id in ids:
        mark = "*" if release_id == current else " "
        try:
            yield f"{mark} {release_id}  {summary(store.verify(release_id))}"
        except StoreError as error:
            yield f"{mark} {release_id}  damaged: {error.detail}"


def summary(manifest: Manifest) -> str:
    """A release's table, and its models' cross-validated accuracy."""
    models = ", ".join(f"{model.name} {model.metrics.accuracy:.3f}" for model in manifest.models)
    return f"table {manifest.data.name}, {manifest.data.rows} rows; {models}"
