"""`trainer ensure`: a first release where there is none usable, and otherwise no change."""

from collections.abc import Callable

from serving.errors import NoRelease, ReleaseDamaged, ReleaseNotFound
from serving.store import Manifest, ReleaseStore, ReleaseWriter

WAIT_S = 1800.0  # for another trainer that is at work in the store


def ensure(writer: ReleaseWriter, publish_first: Callable[[], Manifest], *, wait_s: float = WAIT_S) -> Manifest:
    """The release being served; `publish_first` is called, under the writer's lock, where there is none usable.

    Raises ReleaseDamaged where the current one is unusable and another is whole: which shall be served is for a person
    to say. Raises StoreLocked where another trainer holds the store for longer than `wait_s`.
    """
    if manifest := _current(writer.store):
        return manifest
    with writer.lock(wait_s=wait_s):
        return _current(writer.store) or _unfinished(writer) or publish_first()


def _current(store: ReleaseStore) -> Manifest | None:
    try:
        return store.verify(store.current_id())
    except (NoRelease, ReleaseNotFound, ReleaseDamaged) as error:
        whole = _newest_whole(store)
        first_was_killed = isinstance(error, NoRelease) and len(store.release_ids()) == 1
        if whole is None or first_was_killed:
            return None
        raise ReleaseDamaged(
            f"{error.detail}. Release {whole.id} (table {whole.data.name}) is whole: "
            f"`trainer rollback {whole.id}` has it served, `trainer train --force` trains anew"
        ) from error


def _unfinished(writer: ReleaseWriter) -> Manifest | None:
    """The store's only release, which was published whole by a trainer that died before it could name it in CURRENT."""
    if whole := _newest_whole(writer.store):
        writer.make_current(whole.id)
    return whole


def _newest_whole(store: ReleaseStore) -> Manifest | None:
    for release_id in store.release_ids():
        try:
            return store.verify(release_id)
        except (ReleaseNotFound, ReleaseDamaged):
            continue
    return None
