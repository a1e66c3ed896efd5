"""Releases of any number of models, from three."""

from loadtest.benchmark.growth import names, with_copies


def test_the_trained_models_come_in_turn() -> None:
    assert names(1) == {"random_forest": "random_forest"}
    assert names(5) == {
        "random_forest": "random_forest",
        "k_neighbors": "k_neighbors",
        "neural_network": "neural_network",
        "random_forest_2": "random_forest",
        "k_neighbors_2": "k_neighbors",
    }


def test_a_copy_has_the_files_and_golden_rows_of_what_it_copies() -> None:
    manifest = {
        "id": "one",
        "created": "today",
        "sample": {"name": "sample.csv"},
        "comparison": {"same": [[20]], "only": [[0]]},
        "card": {"file": {"name": "MODEL_CARD.md"}},
        "classes": ["a", "b"],
        "models": [{"name": "random_forest", "files": ["model.joblib"]}],
        "golden": {"rows": [[1.0]], "probabilities": {"random_forest": [[1.0, 0.0]]}},
    }
    assert with_copies(manifest, {"random_forest_2": "random_forest"}) == {
        "classes": ["a", "b"],
        "models": [{"name": "random_forest_2", "files": ["model.joblib"]}],
        "golden": {"rows": [[1.0]], "probabilities": {"random_forest_2": [[1.0, 0.0]]}},
    }
