import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from serving.errors import ReleaseDamaged, StoreLocked
from serving.store import Manifest, ReleaseWriter
from sklearn.neighbors import KNeighborsClassifier
from trainer.ensure import ensure
from trainer.estimator import Estimator
from trainer.report import Report
from trainer.table import Table
from trainer.training import train

Publish = Callable[[], Manifest]


@pytest.fixture
def publish(writer: ReleaseWriter, plain: Table, report: Report) -> Publish:
    return lambda: train(writer, plain, [Estimator("neighbors", KNeighborsClassifier())], report)


def never() -> Manifest:
    raise AssertionError("a release was published")


def damage(writer: ReleaseWriter, manifest: Manifest) -> None:
    (writer.store.folder(manifest.id) / "neighbors" / "model.joblib").write_bytes(b"other")


def test_an_empty_store_gets_a_first_release(writer: ReleaseWriter, publish: Publish) -> None:
    assert ensure(writer, publish).id == writer.store.current_id()


def test_a_usable_release_is_left_alone(writer: ReleaseWriter, publish: Publish) -> None:
    manifest = publish()
    before = sorted(path.stat().st_mtime_ns for path in writer.root.rglob("*"))
    assert ensure(writer, never) == manifest
    assert sorted(path.stat().st_mtime_ns for path in writer.root.rglob("*")) == before


def test_a_release_that_was_rolled_back_to_is_left_alone(writer: ReleaseWriter, publish: Publish) -> None:
    first, _ = publish(), publish()
    writer.make_current(first.id)
    assert ensure(writer, never) == first


def test_a_damaged_release_is_not_replaced_while_another_is_whole(writer: ReleaseWriter, publish: Publish) -> None:
    first, second = publish(), publish()
    damage(writer, second)
    with pytest.raises(ReleaseDamaged) as refused:
        ensure(writer, never)
    assert f"trainer rollback {first.id}" in refused.value.detail
    assert "trainer train --force" in refused.value.detail
    assert writer.store.current_id() == second.id


@pytest.mark.parametrize("current", ["", "nonsense\n", "20200101T000000000Z-000000000000\n"])
def test_a_damaged_CURRENT_is_not_replaced_while_a_release_is_whole(  # noqa: N802
    writer: ReleaseWriter, publish: Publish, current: str
) -> None:
    publish()
    (writer.root / "CURRENT").write_text(current)
    with pytest.raises(ReleaseDamaged, match="trainer rollback"):
        ensure(writer, never)


def test_a_store_whose_every_release_is_damaged_gets_a_new_one(writer: ReleaseWriter, publish: Publish) -> None:
    damage(writer, publish())
    manifest = ensure(writer, publish)
    assert writer.store.verify(writer.store.current_id()) == manifest


def test_a_first_publication_that_was_killed_at_its_end_is_finished(writer: ReleaseWriter, publish: Publish) -> None:
    manifest = publish()
    (writer.root / "CURRENT").unlink()
    assert ensure(writer, never) == manifest
    assert writer.store.current_id() == manifest.id


def test_of_several_releases_none_is_chosen_where_CURRENT_is_gone(writer: ReleaseWriter, publish: Publish) -> None:  # noqa: N802
    publish(), publish()
    (writer.root / "CURRENT").unlink()
    with pytest.raises(ReleaseDamaged, match="trainer rollback"):
        ensure(writer, never)


def test_two_at_once_publish_one_release(writer: ReleaseWriter, publish: Publish) -> None:
    results: list[Manifest] = []
    threads = [threading.Thread(target=lambda: results.append(ensure(writer, publish))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [manifest.id for manifest in results] == [writer.store.current_id()] * 2
    assert len(writer.store.release_ids()) == 1


def test_a_store_that_stays_locked_is_reported(tmp_path: Path, writer: ReleaseWriter) -> None:
    with writer.lock(), pytest.raises(StoreLocked):
        ensure(ReleaseWriter(writer.root), never, wait_s=0.2)
