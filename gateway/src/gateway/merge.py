"""Merging the members' outcomes into answers: the soft vote and the agreement."""

from collections.abc import Mapping, Sequence

import numpy as np
from serving.engine import Probabilities
from serving.errors import Unavailable

from gateway.messages import Agreement, InputWarning, MemberAnswer, Vote
from gateway.outcome import Outcome


class TooFewAnswers(Unavailable):
    """Fewer members answered than are wanted for a vote; `models` tells of each."""

    def __init__(self, answers: Mapping[str, MemberAnswer]) -> None:
        parts = {name: answer.model_dump(exclude_none=True) for name, answer in answers.items()}
        super().__init__("too few models answered: ask again in a moment", models=parts)


def member_answer(outcome: Outcome, row: int, classes: Sequence[str]) -> MemberAnswer:
    """One member's part of the answer to one row."""
    if outcome.probabilities is None:
        return MemberAnswer(status=outcome.status, error=outcome.error, latency_ms=outcome.latency_ms)
    if outcome.row_errors and row in outcome.row_errors:
        return MemberAnswer(status="error", error=outcome.row_errors[row], latency_ms=outcome.latency_ms)
    label, probability, by_class = _summary(outcome.probabilities[row], classes)
    return MemberAnswer(
        status="ok",
        prediction=label,
        probability=probability,
        probabilities=by_class,
        version=outcome.version,
        engine=outcome.engine,
        latency_ms=outcome.latency_ms,
    )


def merge(
    outcomes: Mapping[str, Outcome], row: int, classes: Sequence[str], warnings: list[InputWarning], min_models: int
) -> Vote:
    """The answer to one row. Raises TooFewAnswers, which has the members' parts, below `min_models`.

    The soft vote is the unweighted mean of the probabilities of the members that answered, the first of equals wins.
    """
    answers = {name: member_answer(outcome, row, classes) for name, outcome in outcomes.items()}
    good = [
        outcome.probabilities[row]
        for name, outcome in outcomes.items()
        if outcome.probabilities is not None and answers[name].status == "ok"
    ]
    if len(good) < min_models:
        raise TooFewAnswers(answers)
    label, probability, by_class = _summary(np.mean(good, axis=0), classes)
    votes = sum(answer.prediction == label for answer in answers.values())
    return Vote(
        prediction=label,
        probability=probability,
        probabilities=by_class,
        agreement=Agreement(votes=votes, of=len(good), asked=len(answers)),
        partial=len(good) < len(answers),
        models=answers,
        warnings=warnings,
    )


def _summary(probabilities: Probabilities, classes: Sequence[str]) -> tuple[str, float, dict[str, float]]:
    best = int(probabilities.argmax())
    values = probabilities.tolist()
    return classes[best], values[best], dict(zip(classes, values, strict=True))
