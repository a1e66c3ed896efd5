import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from serving.errors import ReleaseDamaged, ReleaseNotFound, StoreLocked, StoreUnreadable
from serving.store import Manifest, ReleaseStore, ReleaseWriter

Publish = Callable[..., Manifest]


def test_a_published_release_is_the_current_one_and_reads_back_whole(publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root)
    store = ReleaseStore(store_root)
    assert store.current_id() == manifest.id
    assert store.verify(manifest.id) == manifest


def test_releases_sort_by_the_time_of_their_publication(publish: Publish, store_root: Path) -> None:
    first, second = publish(store_root), publish(store_root)
    assert ReleaseStore(store_root).release_ids() == [second.id, first.id]
    assert ReleaseStore(store_root).ids_before(second.id) == [first.id]


def test_the_newest_five_releases_stay(publish: Publish, store_root: Path) -> None:
    ids = [publish(store_root).id for _ in range(7)]
    assert ReleaseStore(store_root).release_ids() == ids[:1:-1]


def test_pruning_keeps_the_current_release_and_the_one_before_it(publish: Publish, store_root: Path) -> None:
    ids = [publish(store_root).id for _ in range(4)]
    writer = ReleaseWriter(store_root)
    writer.make_current(ids[2])
    newer = [f"2999010{day}T000000000Z-{0:012x}" for day in range(1, 6)]
    for release_id in newer:
        (store_root / "releases" / release_id).mkdir()
    writer.prune()
    assert ReleaseStore(store_root).release_ids() == [*reversed(newer), ids[2], ids[1]]


def test_a_second_writer_is_refused_while_the_first_holds_the_lock(store_root: Path) -> None:
    first, second = ReleaseWriter(store_root), ReleaseWriter(store_root)
    with first.lock(), pytest.raises(StoreLocked, match=str(store_root)), second.lock():
        pass


def test_a_writer_that_waits_gets_the_lock_when_it_is_free(store_root: Path) -> None:
    got, release = threading.Event(), threading.Event()

    def hold() -> None:
        with ReleaseWriter(store_root).lock():
            got.set()
            release.wait(5)

    holder = threading.Thread(target=hold)
    holder.start()
    got.wait(5)
    threading.Timer(0.2, release.set).start()
    with ReleaseWriter(store_root).lock(wait_s=5):
        assert release.is_set()
    holder.join()


def test_what_a_killed_trainer_left_is_removed_by_the_next_one(publish: Publish, store_root: Path) -> None:
    current = publish(store_root)
    (store_root / "releases" / ".new-half").mkdir()
    with ReleaseWriter(store_root).lock():
        assert not (store_root / "releases" / ".new-half").exists()
    assert ReleaseStore(store_root).current_id() == current.id


def test_a_rollback_to_an_unknown_release_changes_nothing(publish: Publish, store_root: Path) -> None:
    current = publish(store_root)
    with pytest.raises(ReleaseNotFound):
        ReleaseWriter(store_root).make_current("20200101T000000000Z-000000000000")
    assert ReleaseStore(store_root).current_id() == current.id


def test_a_rollback_to_a_damaged_release_changes_nothing(publish: Publish, store_root: Path) -> None:
    old, current = publish(store_root), publish(store_root)
    (store_root / "releases" / old.id / "forest/model.json").write_text("[0.5, 0.5]")
    with pytest.raises(ReleaseDamaged):
        ReleaseWriter(store_root).make_current(old.id)
    assert ReleaseStore(store_root).current_id() == current.id


def test_a_store_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnreadable, match=str(tmp_path / "file")):
        ReleaseWriter(tmp_path / "file")
