"""Merging the members' outcomes for many rows at once: the soft vote and the agreement."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from serving.errors import Unavailable

from gateway.outcome import Outcome


class TooFewAnswers(Unavailable):
    """Fewer members answered than are wanted for a vote; `models` tells of each."""

    def __init__(self, models: Mapping[str, object]) -> None:
        super().__init__("too few models answered: ask again in a moment", models=models)


class Merged:
    """The answers to `rows` rows, from each member's outcome.

    The soft vote is the unweighted mean of the probabilities of the members that answered, the first of equals wins.
    """

    def __init__(self, rows: int, outcomes: Mapping[str, Outcome], classes: Sequence[str]) -> None:
        self.classes = classes
        self.outcomes = outcomes
        shape = len(outcomes), rows, len(classes)
        given = np.zeros(shape)
        answered: NDArray[np.bool_] = np.zeros(shape[:2], dtype=bool)
        for member, outcome in enumerate(outcomes.values()):
            if outcome.probabilities is not None:
                given[member] = outcome.probabilities
                answered[member] = True
                for row in outcome.row_errors or ():
                    given[member, row] = 0.0
                    answered[member, row] = False
        self.answered = answered
        self.of: NDArray[np.intp] = answered.sum(axis=0)
        """(rows,): how many members answered."""
        self.vote: NDArray[np.float64] = given.sum(axis=0) / np.maximum(self.of, 1)[:, None]
        """(rows, classes)."""
        self.best: NDArray[np.intp] = self.vote.argmax(axis=1)
        """(rows,): the class that the vote predicts, as its index."""
        self.member_best: NDArray[np.intp] = given.argmax(axis=2)
        """(members, rows)."""
        self.agreeing: NDArray[np.intp] = ((self.member_best == self.best) & answered).sum(axis=0)
        """(rows,): how many members predict what the vote does."""
        self._given = given

    def votes(self, start: int, stop: int, min_models: int) -> Iterator[dict[str, Any]]:
        """A `Vote` for each of these rows. Raises TooFewAnswers at a row with fewer than `min_models` answers."""
        span = slice(start, stop)
        members = [self._member_answers(outcome, member, span) for member, outcome in enumerate(self.outcomes.values())]
        asked, names = len(members), list(self.outcomes)
        for of, best, vote, votes, parts in zip(
            self.of[span].tolist(),
            self.best[span].tolist(),
            self.vote[span].tolist(),
            self.agreeing[span].tolist(),
            zip(*members, strict=True),
            strict=True,
        ):
            models = dict(zip(names, parts, strict=True))
            if of < min_models:
                raise TooFewAnswers(models)
            yield {
                "prediction": self.classes[best],
                "probability": vote[best],
                "probabilities": dict(zip(self.classes, vote, strict=True)),
                "agreement": {"votes": votes, "of": of, "asked": asked},
                "partial": of < asked,
                "models": models,
            }

    def _member_answers(self, outcome: Outcome, member: int, span: slice) -> Iterator[dict[str, Any]]:
        """A `MemberAnswer` for each of these rows."""
        common = {
            name: value for name in ("version", "engine", "latency_ms") if (value := getattr(outcome, name)) is not None
        }
        if outcome.probabilities is None:
            refused = {"status": outcome.status, "error": outcome.error} | common
            for _ in range(span.start, span.stop):
                yield refused
            return
        row_errors = outcome.row_errors or {}
        for row, (best, probabilities) in enumerate(
            zip(self.member_best[member, span].tolist(), self._given[member, span].tolist(), strict=True), span.start
        ):
            if row in row_errors:
                yield {"status": "error", "error": row_errors[row]} | common
            else:
                yield {
                    "status": "ok",
                    "prediction": self.classes[best],
                    "probability": probabilities[best],
                    "probabilities": dict(zip(self.classes, probabilities, strict=True)),
                    **common,
                }
