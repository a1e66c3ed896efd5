import json
from collections.abc import Callable
from pathlib import Path

import pytest
from serving.errors import NoRelease, ReleaseDamaged, ReleaseNotFound, StoreUnreadable
from serving.store import Manifest, ReleaseStore

Publish = Callable[..., Manifest]


def test_a_missing_store_is_named_with_what_to_do(store_root: Path) -> None:
    with pytest.raises(StoreUnreadable, match=f"{store_root}.*MODEL_STORE"):
        ReleaseStore(store_root).current_id()


def test_an_empty_store_says_that_nothing_was_published(store_root: Path) -> None:
    store_root.mkdir()
    with pytest.raises(NoRelease, match="trainer ensure"):
        ReleaseStore(store_root).current_id()


@pytest.mark.parametrize("text", ["", "../../etc", "20261122T120000000Z-ABCDEF", "x" * 101])
def test_a_current_file_that_holds_no_id_is_refused(publish: Publish, store_root: Path, text: str) -> None:
    publish(store_root)
    (store_root / "CURRENT").write_text(text)
    with pytest.raises(ReleaseDamaged):
        ReleaseStore(store_root).current_id()


@pytest.mark.parametrize("release_id", ["../x", "20200101T000000000Z-000000000000", "", "a/b"])
def test_an_id_that_is_none_or_unknown_is_not_found(publish: Publish, store_root: Path, release_id: str) -> None:
    publish(store_root)
    with pytest.raises(ReleaseNotFound):
        ReleaseStore(store_root).manifest(release_id)


def test_a_model_file_that_was_changed_is_never_handed_out(publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root)
    path = store_root / "releases" / manifest.id / "forest/model.json"
    content = bytearray(path.read_bytes())
    content[1] ^= 1
    path.write_bytes(content)
    with pytest.raises(ReleaseDamaged, match=r"forest/model\.json"):
        ReleaseStore(store_root).verify(manifest.id)


def test_a_model_file_that_grew_is_refused(publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root)
    with (store_root / "releases" / manifest.id / "forest/model.json").open("a") as file:
        file.write(" ")
    with pytest.raises(ReleaseDamaged, match="larger"):
        ReleaseStore(store_root).verify(manifest.id)


def test_a_missing_file_is_named(publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root)
    (store_root / "releases" / manifest.id / "network/model.json").unlink()
    with pytest.raises(ReleaseDamaged, match=r"network/model.json is missing"):
        ReleaseStore(store_root).verify(manifest.id)


def test_a_symbolic_link_in_place_of_a_file_is_refused(publish: Publish, store_root: Path, tmp_path: Path) -> None:
    manifest = publish(store_root)
    path = store_root / "releases" / manifest.id / "forest/model.json"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReleaseDamaged, match=r"forest/model\.json is a symbolic link"):
        ReleaseStore(store_root).verify(manifest.id)


def test_a_symbolic_link_in_place_of_a_models_folder_is_refused(
    publish: Publish, store_root: Path, tmp_path: Path
) -> None:
    manifest = publish(store_root)
    path = store_root / "releases" / manifest.id / "forest"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReleaseDamaged, match="forest is a symbolic link"):
        ReleaseStore(store_root).verify(manifest.id)


def test_a_manifest_that_was_changed_is_refused(publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root)
    path = store_root / "releases" / manifest.id / "manifest.json"
    document = json.loads(path.read_text())
    document["models"][0]["metrics"]["accuracy"] = 1.0
    path.write_text(json.dumps(document))
    with pytest.raises(ReleaseDamaged, match="changed"):
        ReleaseStore(store_root).manifest(manifest.id)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"id": 1}'])
def test_a_manifest_that_is_none_is_refused(publish: Publish, store_root: Path, text: str) -> None:
    manifest = publish(store_root)
    (store_root / "releases" / manifest.id / "manifest.json").write_text(text)
    with pytest.raises(ReleaseDamaged):
        ReleaseStore(store_root).manifest(manifest.id)


def test_a_release_copied_under_another_id_is_refused(publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root)
    other = "20200101T000000000Z" + manifest.id[-13:]
    (store_root / "releases" / manifest.id).rename(store_root / "releases" / other)
    with pytest.raises(ReleaseDamaged, match="another release"):
        ReleaseStore(store_root).manifest(other)


def test_the_cards_file_is_verified_like_any_other(publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root, card="# Model card")
    store = ReleaseStore(store_root)
    assert store.card(manifest) == b"# Model card"
    (store.folder(manifest.id) / "MODEL_CARD.md").write_text("# Model czrd")
    with pytest.raises(ReleaseDamaged, match=r"MODEL_CARD\.md"):
        store.verify(manifest.id)


def test_a_release_may_have_no_card(publish: Publish, store_root: Path) -> None:
    assert ReleaseStore(store_root).card(publish(store_root)) is None
