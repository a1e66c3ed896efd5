from trainer.models import MODELS


def test_the_models_are_the_papers() -> None:
    assert [(model.name, model.framework) for model in MODELS] == [
        ("random_forest", "sklearn"),
        ("k_neighbors", "sklearn"),
        ("neural_network", "tensorflow"),
    ]


def test_their_parameters_are_the_papers() -> None:
    forest, neighbors, network = (model.parameters for model in MODELS)
    assert forest["estimator"] == "RandomForestClassifier"
    assert neighbors["n_neighbors"] == 5
    assert network["layers"] == ["Normalization", "Dense(64, relu)", "Dense(32, relu)", "Dense(classes, softmax)"]
    assert network["epochs"] == 20
