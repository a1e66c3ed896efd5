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
    ],
)
def test_a_manifest_whose_parts_do_not_fit_together_is_refused(
    publish: Callable[..., Manifest], store_root: Path, path: tuple[str | int, ...], value: Any, why: str
) -> None:
    document = publish(store_root).model_dump(mode="json")
    set_at(document, *path, value=value)
    with pytest.raises(ValidationError, match=why):
        Manifest.model_validate(document)
