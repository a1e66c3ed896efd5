"""Merging the members' outcomes for many rows at once: the soft vote and the agreement."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
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
    The members were asked from `began` to `answered_at`, in seconds of the clock.
    """

    def __init__(
        self,
        rows: int,
        outcomes: Mapping[str, Outcome],
        classes: Sequence[str],
        *,
        began: float = 0.0,
        answered_at: float = 0.0,
    ) -> None:
        self.began = began
        self.answered_at = answered_at
        self.timing = ""  # what `server_timing` says of it
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
        classes, members, asked = self.classes, self._members, len(self.outcomes)
        for row in range(start, stop):
            models = {name: member.answer(row) for name, member in members.items()}
            of, best, vote, votes = self._rows[row]
            if of < min_models:
                raise TooFewAnswers(models)
            yield {
                "prediction": classes[best],
                "probability": vote[best],
                "probabilities": dict(zip(classes, vote, strict=True)),
                "agreement": {"votes": votes, "of": of, "asked": asked},
                "partial": of < asked,
                "models": models,
            }

    @cached_property
    def has_row_errors(self) -> bool:
        """Whether a member failed on some of the rows."""
        return any(outcome.row_errors for outcome in self.outcomes.values())

    @cached_property
    def statuses(self) -> dict[str, str]:
        return {name: outcome.summary for name, outcome in self.outcomes.items()}

    # Most questions are one row of a round. What they need of its arrays becomes lists, once for all of them.
    @cached_property
    def _rows(self) -> list[tuple[int, int, list[float], int]]:
        """`of`, `best`, `vote` and `agreeing`, by row."""
        columns = self.of.tolist(), self.best.tolist(), self.vote.tolist(), self.agreeing.tolist()
        return list(zip(*columns, strict=True))

    @cached_property
    def _members(self) -> "dict[str, _MemberAnswers]":
        given, best = self._given.tolist(), self.member_best.tolist()
        return {
            name: _MemberAnswers(outcome, self.classes, given[member], best[member])
            for member, (name, outcome) in enumerate(self.outcomes.items())
        }


class _MemberAnswers:
    """One member's answers, by row: `given` are its probabilities by row and class, `best` its predictions."""

    def __init__(
        self, outcome: Outcome, classes: Sequence[str], given: Sequence[Sequence[float]], best: Sequence[int]
    ) -> None:
        self._answered = outcome.probabilities is not None
        self._row_errors = outcome.row_errors or {}
        self._common = {
            name: value for name in ("version", "engine", "latency_ms") if (value := getattr(outcome, name)) is not None
        }
        self._refused = {"status": outcome.status, "error": outcome.error} | self._common
        self._classes = classes
        self._given = given
        self._best = best

    def answer(self, row: int) -> dict[str, Any]:
        """Its `MemberAnswer` for a row."""
        if not self._answered:
            return self._refused
        if row in self._row_errors:
            return {"status": "error", "error": self._row_errors[row]} | self._common
        best, given = self._best[row], self._given[row]
        return {
            "status": "ok",
            "prediction": self._classes[best],
            "probability": given[best],
            "probabilities": dict(zip(self._classes, given, strict=True)),
            **self._common,
        }
