from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from serving.store import Manifest


def set_at(document: dict[str, Any], *path: str | int, value: Any) -> None:
    for step in path[:-1]:
        document = document[step]  # type: ignore[index]
    document[path[-1]] = value  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("features", 1, "name"), "length", "a name stands twice"),
        (("classes",), ["cat", "cat"], "a name stands twice"),
        (("models", 1, "name"), "forest", "a name stands twice"),
        (("golden", "rows"), [[1.0]], "a golden row has not one value for each feature"),
        (("golden", "tolerances"), {"float32": 1e-4}, "a precision has no tolerance"),
        (("data", "class_rows"), [20], "there is not one count of rows for each class"),
        (("comparison",), {"same": [[20]], "only": [[0]]}, "the comparison has not one row and column for each model"),
        (("comparison",), {"same": [[1] * 3] * 3, "only": [[0] * 2] * 3}, "the comparison has not one row and column"),
    ],
)
def test_a_manifest_whose_parts_do_not_fit_together_is_refused(
    publish: Callable[..., Manifest], store_root: Path, path: tuple[str | int, ...], value: Any, why: str
) -> None:
    document = publish(store_root).model_dump(mode="json")
    set_at(document, *path, value=value)
    with pytest.raises(ValidationError, match=why):
        Manifest.model_validate(document)


def test_a_manifest_from_before_there_were_cards_is_read(publish: Callable[..., Manifest], store_root: Path) -> None:
    document = publish(store_root).model_dump(mode="json")
    for newer in ("comparison", "card"):
        del document[newer]
    del document["data"]["class_rows"]
    for feature in document["features"]:
        del feature["missing"]
    for model in document["models"]:
        del model["limits"], model["metrics"]["folds"], model["metrics"]["confidence"]
    manifest = Manifest.model_validate(document)
    assert (manifest.comparison, manifest.card, manifest.data.class_rows) == (None, None, ())
    assert manifest.features[0].missing is None
    assert manifest.models[0].metrics.folds is None
