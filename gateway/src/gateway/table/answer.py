"""A table's answer: its own rows, with what the models say appended."""

import csv
import io
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gateway.round import Answer
from gateway.table.header import Header
from gateway.table.table import Chunk

DECIMALS = 6  # of a probability: engines agree no closer


def appended_columns(members: Sequence[str]) -> list[str]:
    """The names of the columns that an answer has besides the table's own."""
    return ["prediction", "probability", "agreement", *(f"prediction:{name}" for name in members), "error"]


class AnswerText:
    """Writes what these members said as the table itself is written: its delimiter, its line ends, and UTF-8."""

    def __init__(self, header: Header, members: Sequence[str], classes: Sequence[str], min_models: int) -> None:
        self._header = header
        self._members = members
        self._classes = np.array(classes, dtype=object)
        self._least = min(min_models, len(members))
        numbers = range(len(members) + 1)
        self._agreements = np.array([[f"{votes}/{of}" for of in numbers] for votes in numbers], dtype=object)

    def head(self) -> bytes:
        names = [*self._header.columns, *appended_columns(self._members)]
        return self._csv([[name] for name in names])

    def rows(self, chunk: Chunk, answer: Answer | None) -> bytes:
        """The chunk's rows with the answer to those that fit; None where none does.

        The column `error` says why a row has no prediction, or which members did not answer it, and why.
        """
        errors = [chunk.errors.get(row, "") for row in range(len(chunk))] if chunk.errors else [""] * len(chunk)
        if answer is None:
            said: list[Sequence[object]] = [[""] * len(chunk)] * (len(self._members) + 3)
        else:
            said = self._said(answer, chunk)
            self._tell_silence(answer, chunk, errors)
        return self._csv([*chunk.columns, *said, errors])

    def enough(self, answer: Answer) -> NDArray[np.bool_]:
        """(rows,): whether enough members answered for a vote."""
        return answer.merged.of[_span(answer)] >= self._least

    def _said(self, answer: Answer, chunk: Chunk) -> list[Sequence[object]]:
        """The columns prediction, probability, agreement, and each member's prediction."""
        merged, span, enough = answer.merged, _span(answer), self.enough(answer)
        best, of = merged.best[span], merged.of[span]
        probabilities = merged.vote[span][np.arange(answer.rows), best].round(DECIMALS)

        def column(values: NDArray[np.generic], given: NDArray[np.bool_]) -> Sequence[object]:
            cells: NDArray[np.object_] = np.full(len(chunk), "", dtype=object)
            cells[chunk.fitting[given]] = values[given]
            return list(cells)

        return [
            column(self._classes[best], enough),
            column(probabilities, enough),
            column(self._agreements[merged.agreeing[span], of], enough),
            *(
                column(self._classes[merged.member_best[member, span]], merged.answered[member, span])
                for member in range(len(self._members))
            ),
        ]

    def _tell_silence(self, answer: Answer, chunk: Chunk, errors: list[str]) -> None:
        """Say in the rows that members did not answer which ones, and why."""
        answered = answer.merged.answered[:, _span(answer)]
        silent = np.flatnonzero(~answered.all(axis=0))
        if not len(silent):
            return
        enough = self.enough(answer)
        outcomes = [answer.outcome(name) for name in self._members]
        for row in silent.tolist():
            whys = [] if enough[row] else ["too few models answered"]
            for name, outcome, said in zip(self._members, outcomes, answered[:, row], strict=True):
                if row_error := (outcome.row_errors or {}).get(row):
                    whys.append(f"{name}: error ({row_error})")
                elif not said:
                    whys.append(f"{name}: {outcome.status} ({outcome.error})")
            errors[chunk.fitting[row]] = "; ".join(whys)

    def _csv(self, columns: Sequence[Sequence[object]]) -> bytes:
        text = self._written(columns, csv.QUOTE_MINIMAL)
        if self._header.line_end == "\n" and "\r" in text:  # which Python quotes by itself from 3.13 on only
            text = self._written(columns, csv.QUOTE_ALL)
        return text.encode("utf-8", "replace")

    def _written(self, columns: Sequence[Sequence[object]], quoting: Literal[0, 1]) -> str:
        text = io.StringIO()
        header = self._header
        csv.writer(text, delimiter=header.delimiter, lineterminator=header.line_end, quoting=quoting).writerows(
            zip(*columns, strict=True)
        )
        return text.getvalue()


def _span(answer: Answer) -> slice:
    return slice(answer.start, answer.start + answer.rows)
