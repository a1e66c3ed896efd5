"""What a model service relies on in a published network; it trains one, so TensorFlow is imported."""

import os

import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter
from trainer.candidate import TOLERANCES
from trainer.cli import TENSORFLOW_ENVIRONMENT
from trainer.golden import golden_rows
from trainer.network import FittedNetwork, Network
from trainer.table import Table, read_table

# Keras 3.15 converts TensorFlow's variables in NumPy's old manner when it saves a model
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning")

NETWORK = Network("network", hidden=(16, 8), epochs=20, seed=1)


@pytest.fixture(scope="module", autouse=True)
def quiet_tensorflow() -> None:
    os.environ.update(TENSORFLOW_ENVIRONMENT)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """120 rows whose class shows in a number, a category and a boolean, some of them missing."""
    rows = [f"{30 + (i - 60) // 2},blue,{i >= 50},{'ab'[i >= 60]}" for i in range(120)]
    rows[60:] = [row.replace("blue", "red") for row in rows[60:]]
    rows[::10] = [f",,,{row[-1]}" for row in rows[::10]]
    path = tmp_path_factory.mktemp("table") / "mixed.csv"
    path.write_text("size,color,striped,label\n" + "\n".join(rows))
    return read_table(path, target="label", name="mixed")


@pytest.fixture(scope="module")
def fitted(mixed: Table) -> FittedNetwork:
    return NETWORK.fit(mixed.features, mixed.rows, mixed.labels)


def test_it_learns_from_numbers_categories_and_booleans_with_missing_values(
    fitted: FittedNetwork, mixed: Table
) -> None:
    assert (fitted.probabilities(mixed.rows).argmax(axis=1) == mixed.labels).mean() > 0.9


def test_unseen_categories_and_missing_values_give_probabilities(fitted: FittedNetwork, mixed: Table) -> None:
    probabilities = fitted.probabilities(golden_rows(mixed))
    assert np.isfinite(probabilities).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, atol=1e-6)


def test_it_loads_in_safe_mode_and_gives_the_same_probabilities(fitted: FittedNetwork, mixed: Table) -> None:
    rows = golden_rows(mixed)
    np.testing.assert_array_equal(
        NETWORK.load(fitted.save()).probabilities(rows), fitted.probabilities(rows), strict=True
    )


def test_litert_computes_the_same_for_any_number_of_rows(fitted: FittedNetwork, mixed: Table) -> None:
    interpreter = Interpreter(model_content=fitted.compile(), num_threads=1)
    [given], [wanted] = interpreter.get_input_details(), interpreter.get_output_details()
    for rows in (golden_rows(mixed), mixed.rows[:1], mixed.rows[:7]):
        interpreter.resize_tensor_input(given["index"], rows.shape)
        interpreter.allocate_tensors()
        interpreter.set_tensor(given["index"], rows.astype(np.float32))
        interpreter.invoke()
        answer = interpreter.get_tensor(wanted["index"])
        np.testing.assert_allclose(answer, fitted.probabilities(rows), rtol=0, atol=TOLERANCES["float32"])


def test_the_saved_model_has_stock_layers_only(fitted: FittedNetwork) -> None:
    modules = {type(layer).__module__.split(".")[0] for layer in fitted.model.layers}
    assert modules == {"keras"}
    assert not [layer.name for layer in fitted.model.layers if "lambda" in layer.name.lower()]


def test_the_same_seed_gives_the_same_network(fitted: FittedNetwork, mixed: Table) -> None:
    again = NETWORK.fit(mixed.features, mixed.rows, mixed.labels)
    np.testing.assert_array_equal(again.probabilities(mixed.rows), fitted.probabilities(mixed.rows))


def test_a_fold_without_any_value_of_a_feature_trains_all_the_same(mixed: Table) -> None:
    rows = mixed.rows
    rows[:, 0] = np.nan
    short = Network("short", hidden=(4,), epochs=1, seed=1)
    assert np.isfinite(short.fit(mixed.features, rows, mixed.labels).probabilities(mixed.rows)).all()
