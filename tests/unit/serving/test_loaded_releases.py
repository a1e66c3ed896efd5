import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from serving.engine import EngineKind
from serving.loaded_releases import ASKED_FOR_S, DEADLY, RETRY_DEADLY_S, LoadedReleases
from serving.loader import ReleaseLoader
from serving.loading_note import LoadingNote
from serving.store import Manifest, ReleaseStore, ReleaseWriter

Publish = Callable[..., Manifest]
WRONG = {"forest": [0.1, 0.9], "neighbors": [0.8, 0.2], "network": [0.4, 0.6]}


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def note(tmp_path: Path) -> LoadingNote:
    return LoadingNote(tmp_path / "note")


@pytest.fixture
def releases(store_root: Path, constant: EngineKind, note: LoadingNote, registry: CollectorRegistry) -> LoadedReleases:
    return LoadedReleases(ReleaseLoader(ReleaseStore(store_root), "sklearn", [constant]), note, registry)


def test_a_store_that_appears_later_is_picked_up(releases: LoadedReleases, publish: Publish, store_root: Path) -> None:
    releases.catch_up()
    assert releases.ids == []
    assert str(store_root) in (releases.problem or "")
    manifest = publish(store_root)
    releases.catch_up()
    assert releases.ids == [manifest.id]
    assert releases.problem is None


def test_the_current_release_and_the_one_before_it_are_served(
    releases: LoadedReleases, publish: Publish, store_root: Path
) -> None:
    ids = []
    for _ in range(3):
        ids.append(publish(store_root).id)
        releases.catch_up()
    assert releases.ids == [ids[2], ids[1]]
    assert releases.find("forest", None) is releases.find("forest", ids[2])
    assert releases.find("forest", ids[1]) is not None
    assert releases.find("forest", ids[0]) is None


def test_after_a_start_the_one_before_is_served_too(
    releases: LoadedReleases, publish: Publish, store_root: Path
) -> None:
    old, current = publish(store_root), publish(store_root)
    releases.catch_up()
    assert releases.ids == [current.id, old.id]


def test_a_release_that_answers_wrongly_leaves_the_last_good_one_and_is_named(
    releases: LoadedReleases, publish: Publish, store_root: Path, registry: CollectorRegistry
) -> None:
    good = publish(store_root)
    releases.catch_up()
    bad = publish(store_root, golden=WRONG)
    shutil.rmtree(store_root / "releases" / good.id)  # it stays because it is loaded, not because it could be again
    releases.catch_up()
    assert releases.ids == [good.id]
    assert releases.refused is not None
    assert releases.refused[0] == bad.id
    assert "golden rows" in releases.refused[1]
    assert registry.get_sample_value("release_loads_total", {"outcome": "refused"}) == 1
    assert registry.get_sample_value("release_problem", {"why": releases.problem or ""}) == 1
    publish(store_root)
    releases.catch_up()
    assert "release_problem{" not in generate_latest(registry).decode()


def test_a_start_with_a_bad_current_release_serves_the_one_before(
    releases: LoadedReleases, publish: Publish, store_root: Path
) -> None:
    good, bad = publish(store_root), publish(store_root, golden=WRONG)
    releases.catch_up()
    assert releases.ids == [good.id]
    assert bad.id in (releases.problem or "")


def test_metrics_tell_the_engine_that_serves_a_model_and_why_another_was_refused(
    publish: Publish, store_root: Path, constant: EngineKind, registry: CollectorRegistry, note: LoadingNote
) -> None:
    fast = EngineKind("fast", "model.fast", "float64", constant.load)
    releases = LoadedReleases(ReleaseLoader(ReleaseStore(store_root), "sklearn", [fast, constant]), note, registry)
    labels = {"model": "forest", "release": publish(store_root).id}
    releases.catch_up()
    assert registry.get_sample_value("model_engine", labels | {"engine": "constant"}) == 1
    refused = labels | {"engine": "fast", "why": "the release has no model.fast"}
    assert registry.get_sample_value("model_engine_refused", refused) == 1


def test_a_refused_release_is_forgotten_when_a_good_one_follows(
    releases: LoadedReleases, publish: Publish, store_root: Path
) -> None:
    publish(store_root, golden=WRONG)
    releases.catch_up()
    good = publish(store_root)
    releases.catch_up()
    assert releases.ids == [good.id]
    assert releases.refused is None
    assert releases.problem is None


def test_two_bad_releases_in_a_row_leave_the_last_good_one_even_after_a_start(
    releases: LoadedReleases, publish: Publish, store_root: Path
) -> None:
    good = publish(store_root)
    bad = [publish(store_root, golden=WRONG) for _ in range(2)]
    releases.catch_up()
    assert releases.ids == [good.id]
    assert releases.refused is not None
    assert releases.refused[0] == bad[1].id


def test_a_release_that_a_gateway_serves_stays_while_others_come_and_go(
    publish: Publish, store_root: Path, constant: EngineKind, registry: CollectorRegistry, note: LoadingNote
) -> None:
    now = 0.0
    loader = ReleaseLoader(ReleaseStore(store_root), "sklearn", [constant])
    releases = LoadedReleases(loader, note, registry, clock=lambda: now)
    served = publish(store_root)
    for _ in range(3):
        releases.catch_up()
        releases.ask_for(served.id)
        newest = publish(store_root)
    releases.catch_up()
    assert releases.ids[0] == newest.id
    assert len(releases.ids) == 3
    assert served.id in releases.ids
    now += ASKED_FOR_S
    releases.catch_up()
    assert served.id not in releases.ids


def test_a_release_that_a_gateway_serves_is_loaded_after_a_start(
    releases: LoadedReleases, publish: Publish, store_root: Path
) -> None:
    served, *_ = [publish(store_root) for _ in range(3)]
    releases.ask_for(served.id)
    releases.ask_for("20200101T000000000Z-000000000000")
    releases.catch_up()
    assert served.id in releases.ids
    assert len(releases.ids) == 3


def test_a_rollback_swaps_the_two(releases: LoadedReleases, publish: Publish, store_root: Path) -> None:
    old, new = publish(store_root), publish(store_root)
    releases.catch_up()
    ReleaseWriter(store_root).make_current(old.id)
    releases.catch_up()
    assert releases.ids == [old.id, new.id]


def test_a_store_that_vanishes_leaves_what_is_served(
    releases: LoadedReleases, publish: Publish, store_root: Path
) -> None:
    manifest = publish(store_root)
    releases.catch_up()
    shutil.rmtree(store_root)
    releases.catch_up()
    assert releases.ids == [manifest.id]
    assert str(store_root) in (releases.problem or "")


def test_a_release_that_a_process_died_of_is_refused_by_the_next_and_tried_again_later(
    publish: Publish, store_root: Path, constant: EngineKind, tmp_path: Path, registry: CollectorRegistry
) -> None:
    good, deadly = publish(store_root), publish(store_root)
    (tmp_path / "note").write_text(deadly.id)
    now = 0.0
    loader = ReleaseLoader(ReleaseStore(store_root), "sklearn", [constant])
    releases = LoadedReleases(loader, LoadingNote(tmp_path / "note"), registry, clock=lambda: now)
    releases.catch_up()
    assert releases.ids == [good.id]
    assert releases.refused == (deadly.id, DEADLY)
    now = RETRY_DEADLY_S
    releases.catch_up()
    assert releases.ids == [deadly.id, good.id]
    assert LoadingNote(tmp_path / "note").deadly == set()
