"""`trainer ensure`: a first release where there is none, and otherwise no change."""

from collections.abc import Callable

from serving.errors import NoRelease, ReleaseDamaged, ReleaseNotFound
from serving.store import Manifest, ReleaseStore, ReleaseWriter

WAIT_S = 1800.0  # for another trainer that is at work in the store


def ensure(
    writer: ReleaseWriter,
    publish_first: Callable[[], Manifest],
    on_wait: Callable[[], None],
    *,
    wait_s: float = WAIT_S,
) -> Manifest:
    """The release being served; `publish_first` is called, under the lock, where no usable one exists.

    Raises ReleaseDamaged where the current release is unusable and another could be served in its place: which, is
    for a person to say.
    """
    if manifest := _usable(writer.store):
        return manifest
    on_wait()
    with writer.lock(wait_s=wait_s):
        return _usable(writer.store) or publish_first()


def _usable(store: ReleaseStore) -> Manifest | None:
    try:
        return store.verify(store.current_id())
    except (NoRelease, ReleaseNotFound, ReleaseDamaged) as error:
        whole = newest_whole(store)
        if whole is None:
            return None
        raise ReleaseDamaged(
            f"{error.detail}. Release {whole.id} (table {whole.data.name}) is whole: "
            f"`trainer rollback {whole.id}` has it served, `trainer train --force` replaces it"
        ) from error


def newest_whole(store: ReleaseStore) -> Manifest | None:
    """The newest release whose every file is as it was published."""
    for release_id in store.release_ids():
        try:
            return store.verify(release_id)
        except (ReleaseNotFound, ReleaseDamaged):
            continue
    return None
