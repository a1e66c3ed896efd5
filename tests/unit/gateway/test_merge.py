from typing import Any

import numpy as np
import pytest
from gateway.merge import Merged, TooFewAnswers
from gateway.messages import Vote
from gateway.outcome import Outcome

CLASSES = ("cat", "dog")


def ok(*rows: list[float], row_errors: dict[int, str] | None = None) -> Outcome:
    return Outcome("ok", probabilities=np.array(rows), row_errors=row_errors, version="r1", engine="e", latency_ms=1.0)


def merge(outcomes: dict[str, Outcome], rows: int = 1, min_models: int = 1) -> list[Vote]:
    """The votes on all rows, held against what the API's document says of them."""
    votes = Merged(rows, outcomes, CLASSES).votes(0, rows, min_models)
    return [Vote.model_validate(vote | {"warnings": []}) for vote in votes]


def test_the_soft_vote_is_the_mean_of_the_probabilities_and_may_go_against_the_majority_of_labels() -> None:
    [vote] = merge({"a": ok([0.98, 0.02]), "b": ok([0.4, 0.6]), "c": ok([0.3, 0.7])})
    assert vote.prediction == "cat"
    assert np.isclose(vote.probability, 0.56)
    assert np.isclose(sum(vote.probabilities.values()), 1)
    assert (vote.agreement.votes, vote.agreement.of, vote.agreement.asked) == (1, 3, 3)
    assert not vote.partial


def test_the_first_class_wins_a_tie() -> None:
    [vote] = merge({"a": ok([0.5, 0.5])})
    assert vote.prediction == "cat"


def test_a_member_that_failed_makes_the_answer_partial_and_is_told() -> None:
    [vote] = merge({"a": ok([0.2, 0.8]), "b": Outcome("timeout", "no answer in time")})
    assert vote.partial
    assert (vote.agreement.votes, vote.agreement.of, vote.agreement.asked) == (1, 1, 2)
    assert vote.models["b"].status == "timeout"
    assert vote.models["b"].error == "no answer in time"
    assert vote.models["b"].prediction is None


def test_too_few_answers_are_no_vote() -> None:
    outcomes = {"a": ok([0.2, 0.8]), "b": Outcome("unavailable", "connection refused")}
    with pytest.raises(TooFewAnswers) as caught:
        merge(outcomes, min_models=2)
    parts: Any = caught.value.members["models"]
    assert [part["status"] for part in parts.values()] == ["ok", "unavailable"]


def test_a_row_that_failed_in_one_member_leaves_that_member_out_of_its_vote_only() -> None:
    outcomes = {
        "a": ok([np.nan, np.nan], [0.9, 0.1], row_errors={0: "the model raised ValueError"}),
        "b": ok([0, 1], [0, 1]),
    }
    first, second = merge(outcomes, rows=2)
    assert (first.prediction, first.models["a"].status, first.partial) == ("dog", "error", True)
    assert (second.agreement.of, second.partial) == (2, False)


def test_some_rows_of_a_round_are_merged_as_they_would_be_alone() -> None:
    outcomes = {"a": ok([1, 0], [0, 1], [0.3, 0.7]), "b": ok([1, 0], [1, 0], [0, 1], row_errors={1: "why"})}
    [vote] = Merged(3, outcomes, CLASSES).votes(1, 2, 1)
    assert (vote["prediction"], vote["agreement"]["of"]) == ("dog", 1)
    assert vote["models"]["b"] == {"status": "error", "error": "why", "version": "r1", "engine": "e", "latency_ms": 1.0}
