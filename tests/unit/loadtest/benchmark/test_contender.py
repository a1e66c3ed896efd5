"""No contender is measured for answering garbage."""

import pytest

from loadtest.benchmark.contender import INFER, K_NEIGHBORS, MODELS, PREDICT

RIGHT = {"prediction": "setosa", "models": {name: {"prediction": "setosa"} for name in MODELS}}


def test_the_known_flowers_label_from_every_model_is_right() -> None:
    assert PREDICT.right(RIGHT)


def test_another_label_is_wrong() -> None:
    assert not PREDICT.right(RIGHT | {"prediction": "virginica"})


def test_an_answer_without_one_of_the_models_is_wrong() -> None:
    assert not PREDICT.right({"prediction": "setosa", "models": {"random_forest": {"prediction": "setosa"}}})


def test_no_answer_and_an_answer_of_another_shape_are_wrong() -> None:
    answers: tuple[object, ...] = (None, [], {"models": {"random_forest": None}})
    assert [PREDICT.right(answer) for answer in answers] == [False, False, False]


def test_one_model_must_be_sure_of_the_label() -> None:
    assert K_NEIGHBORS.right({"prediction": "setosa", "probability": 1.0})
    assert not K_NEIGHBORS.right({"prediction": "setosa", "probability": 0.34})


@pytest.mark.parametrize("label", ["setosa", 0])
def test_the_protocols_outputs_are_found_by_name(label: object) -> None:
    predict = {"name": "predict", "data": [label]}
    assert INFER.right({"outputs": [{"name": "predict_proba", "data": [1.0, 0.0, 0.0]}, predict]})
    assert not INFER.right({"outputs": [{"name": "predict_proba", "data": [[0.0, 1.0, 0.0]]}, predict]})
    assert not INFER.right({"outputs": [predict]})
