from sklearn.neighbors import KNeighborsClassifier
from trainer.estimator import Estimator
from trainer.network import Network
from trainer.recipe import recipe_digest
from trainer.trainable import Trainable

NEIGHBORS = Estimator("neighbors", KNeighborsClassifier(5))
NETWORK = Network("network", hidden=(8,), epochs=2, seed=1)


def test_the_digest_is_the_same_for_the_same_models() -> None:
    assert recipe_digest([NEIGHBORS, NETWORK]) == recipe_digest(
        [Estimator("neighbors", KNeighborsClassifier(5)), NETWORK]
    )


def test_a_name_a_parameter_or_another_model_changes_the_digest() -> None:
    recipes: list[list[Trainable]] = [
        [NEIGHBORS],
        [NEIGHBORS, NETWORK],
        [Estimator("neighbors", KNeighborsClassifier(7))],
        [Estimator("others", KNeighborsClassifier(5))],
        [NEIGHBORS, Network("network", hidden=(9,), epochs=2, seed=1)],
        [NEIGHBORS, Network("network", hidden=(8,), epochs=3, seed=1)],
    ]
    assert len({recipe_digest(models) for models in recipes}) == len(recipes)


def test_parameters_are_told_as_far_as_json_can() -> None:
    parameters = NEIGHBORS.parameters
    assert parameters["estimator"] == "KNeighborsClassifier"
    assert parameters["n_neighbors"] == 5
