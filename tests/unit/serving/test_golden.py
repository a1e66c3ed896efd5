from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from serving.engine import Engine, Probabilities, Rows
from serving.errors import EngineFailed
from serving.golden import check_golden_rows
from serving.store import Manifest

Publish = Callable[..., Manifest]


def giving(*probabilities: float) -> Engine:
    def engine(rows: Rows) -> Probabilities:
        return np.tile(np.array(probabilities), (len(rows), 1))

    return engine


def test_an_engine_that_gives_the_same_passes(publish: Publish, store_root: Path) -> None:
    check_golden_rows(giving(0.9, 0.1), publish(store_root), "forest", "float64")


def test_an_engine_beyond_the_tolerance_of_its_precision_is_refused(publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root)
    check_golden_rows(giving(0.90005, 0.09995), manifest, "forest", "float32")
    with pytest.raises(EngineFailed, match="differs from the golden rows"):
        check_golden_rows(giving(0.90005, 0.09995), manifest, "forest", "float64")


def test_a_label_may_differ_only_where_the_margin_is_below_the_tolerance(publish: Publish, store_root: Path) -> None:
    close = publish(store_root, {"forest": [0.50004, 0.49996]})
    check_golden_rows(giving(0.49999, 0.50001), close, "forest", "float32")
    clear = publish(store_root, {"forest": [0.50006, 0.49994]})
    with pytest.raises(EngineFailed, match="another label"):
        check_golden_rows(giving(0.49998, 0.50002), clear, "forest", "float32")


@pytest.mark.parametrize(
    "engine",
    [giving(0.9), giving(0.9, 0.3), giving(np.nan, 1.0), giving(1.1, -0.1), lambda rows: 1 / 0],
    ids=["too few classes", "sum above one", "not a number", "negative", "raises"],
)
def test_an_engine_that_gives_no_probabilities_is_refused(engine: Engine, publish: Publish, store_root: Path) -> None:
    with pytest.raises(EngineFailed):
        check_golden_rows(engine, publish(store_root), "forest", "float64")
