from collections.abc import Callable
from pathlib import Path

import pytest
from serving.engine import Engine, EngineKind
from serving.errors import EngineFailed, ReleaseDamaged
from serving.loader import ReleaseLoader
from serving.store import Manifest, ReleaseStore

Publish = Callable[..., Manifest]


def refusing(content: bytes, manifest: Manifest) -> Engine:
    raise EngineFailed("it was trained elsewhere")


def crashing(content: bytes, manifest: Manifest) -> Engine:
    raise OSError("no such library")


def test_only_the_models_of_its_framework_are_loaded(publish: Publish, constant: EngineKind, store_root: Path) -> None:
    manifest = publish(store_root)
    release = ReleaseLoader(ReleaseStore(store_root), "sklearn", [constant]).load(manifest.id)
    assert set(release.models) == {"forest", "neighbors"}


def test_a_release_without_models_of_its_framework_is_served_with_none(
    publish: Publish, constant: EngineKind, store_root: Path
) -> None:
    manifest = publish(store_root, {"forest": [0.9, 0.1]})
    release = ReleaseLoader(ReleaseStore(store_root), "tensorflow", [constant]).load(manifest.id)
    assert release.models == {}


@pytest.mark.parametrize(
    ("load", "why"), [(refusing, "it was trained elsewhere"), (crashing, "it does not load: OSError")]
)
def test_the_first_kind_that_reproduces_the_golden_rows_serves_and_says_why_the_others_do_not(
    load: Callable[[bytes, Manifest], Engine], why: str, publish: Publish, constant: EngineKind, store_root: Path
) -> None:
    manifest = publish(store_root)
    fast = EngineKind("fast", "model.json", "float64", load)
    release = ReleaseLoader(ReleaseStore(store_root), "sklearn", [fast, constant]).load(manifest.id)
    assert release.models["forest"].spec.platform == "constant"
    assert release.models["forest"].refused == {"fast": why}


def test_a_model_that_no_engine_serves_refuses_the_release_and_says_why(
    publish: Publish, constant: EngineKind, store_root: Path
) -> None:
    golden = {"forest": [0.1, 0.9], "neighbors": [0.8, 0.2], "network": [0.4, 0.6]}
    manifest = publish(store_root, golden=golden)
    absent = EngineKind("absent", "model.onnx", "float64", refusing)
    loader = ReleaseLoader(ReleaseStore(store_root), "sklearn", [absent, constant])
    with pytest.raises(EngineFailed, match=r"forest \(absent: .*model.onnx; constant: it differs from the golden"):
        loader.load(manifest.id)


def test_a_file_whose_digest_is_wrong_never_reaches_a_loader(publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root)
    (store_root / "releases" / manifest.id / "forest/model.json").write_text("[0.5, 0.5]")
    reached: list[bytes] = []

    def recording(content: bytes, manifest: Manifest) -> Engine:
        reached.append(content)
        raise EngineFailed("not needed")

    loader = ReleaseLoader(ReleaseStore(store_root), "sklearn", [EngineKind("any", "model.json", "float64", recording)])
    with pytest.raises(ReleaseDamaged):
        loader.load(manifest.id)
    assert reached == []
