"""Every prediction under load is checked: what is let through, and what is not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from loadtest.answers import Answer, OtherRelease, WrongAnswer, check
from loadtest.predictions import batch, inference, prediction, table
from tests.loadtest_releases import PETS

SAID = {"prediction": "cat", "probability": 0.75, "probabilities": {"cat": 0.75, "dog": 0.25}}
OK = {"status": "ok", "version": "new", **SAID}
VOTE = {
    **SAID,
    "agreement": {"votes": 2, "of": 2, "asked": 2},
    "partial": False,
    "models": {"forest": OK, "network": OK},
    "warnings": [],
}
WHOLE = {**VOTE, "release": "new", "request_id": "1"}
PARTIAL = {
    **WHOLE,
    "agreement": {"votes": 1, "of": 1, "asked": 2},
    "partial": True,
    "models": {"forest": OK, "network": {"status": "timeout"}},
}
TABLE = (
    "row,prediction,probability,agreement,prediction:forest,prediction:network,error\n"
    "0,cat,0.75,2/2,cat,cat,\n"
    "1,dog,0.6,1/1,dog,,network: timeout (late)\n"
)
INFERENCE = {
    "model_version": "new",
    "outputs": [{"name": "predict", "data": ["cat"]}, {"name": "predict_proba", "data": [[0.75, 0.25]]}],
}


def answer(told: object) -> Answer:
    return Answer(200, {"content-type": "application/json"}, json.dumps(told))


def answered_table(text: str) -> Answer:
    return Answer(200, {"content-type": "text/csv", "x-release": "new"}, text)


def test_a_whole_answer_is_right_and_nobody_was_silent() -> None:
    assert check(answer(WHOLE), PETS, prediction()) == frozenset()
    assert check(answer({**WHOLE, "predictions": [VOTE, VOTE]}), PETS, batch(2)) == frozenset()
    assert check(answer(INFERENCE), PETS, inference(1)) == frozenset()


def test_a_partial_answer_names_who_was_silent_and_how() -> None:
    assert check(answer(PARTIAL), PETS, prediction()) == {"network timeout"}
    assert check(answer({**WHOLE, "predictions": [VOTE, PARTIAL]}), PETS, batch(2)) == {"network timeout"}
    assert check(answered_table(TABLE), PETS, table(2)) == {"network silent"}


def changed(change: Callable[[dict[str, Any]], object]) -> Answer:
    told = json.loads(json.dumps(WHOLE))
    change(told)
    return answer(told)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda told: told["probabilities"].update(bird=0.0), "other classes"),
        (lambda told: told["probabilities"].update(dog=0.3), "sum to one"),
        (lambda told: told["probabilities"].update(cat=1.75, dog=-0.75), "outside of 0 to 1"),
        (lambda told: told.update(prediction="dog", probability=0.25), "most probable class"),
        (lambda told: told.update(probability=0.7), "another probability"),
        (lambda told: told.update(partial=True), "whether it is partial"),
        (lambda told: told["models"].pop("network"), "other models"),
        (lambda told: told["models"]["network"].update(version="old"), "model of another release"),
        (lambda told: told["models"]["network"]["probabilities"].update(cat=0.8), "sum to one"),
        (lambda told: told["agreement"].update(of=1), "miscounts"),
        (lambda told: told["agreement"].update(votes=99), "miscounts the votes"),
        (lambda told: told.update(probability=0.9, probabilities={"cat": 0.9, "dog": 0.1}), "not its models' mean"),
        (lambda told: told["warnings"].append({"feature": "length"}), "warns of other features"),
        (lambda told: told.pop("models"), "another shape"),
    ],
)
def test_an_answer_that_is_not_what_it_should_be_is_wrong(change: Callable[[dict[str, Any]], object], why: str) -> None:
    with pytest.raises(WrongAnswer, match=why):
        check(changed(change), PETS, prediction())


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2,cat,0.75,2/2,cat,cat,", "other rows"),
        ("1,bird,0.75,2/2,bird,bird,", "other classes"),
        ("1,cat,0.4,2/2,cat,cat,", "the most probable class cannot have"),
        ("1,cat,1.75,2/2,cat,cat,", "the most probable class cannot have"),
        ("1,cat,0.75,1/2,cat,cat,", "miscounts the votes"),
        ("1,cat,0.75,1/1,cat,,", "whether it is partial"),
        ("1,,,,,,this row does not fit", "other classes"),
    ],
)
def test_a_table_with_a_row_that_is_not_answered_rightly_is_wrong(line: str, why: str) -> None:
    head, first, _ = TABLE.splitlines()
    with pytest.raises(WrongAnswer, match=why):
        check(answered_table("\n".join([head, first, line])), PETS, table(2))


def test_too_few_rows_are_wrong() -> None:
    with pytest.raises(WrongAnswer, match="number of rows"):
        check(answer({**WHOLE, "predictions": [VOTE]}), PETS, batch(2))
    with pytest.raises(WrongAnswer, match="number of rows"):
        check(answer(INFERENCE), PETS, inference(2))


def test_a_deserved_warning_is_missed() -> None:
    with pytest.raises(WrongAnswer, match="warns of other features"):
        check(answer(WHOLE), PETS, prediction({"length"}))


def test_an_answer_of_another_release_is_told_apart() -> None:
    other = answer({**WHOLE, "release": "newer"})
    with pytest.raises(OtherRelease):
        check(other, PETS, prediction())
