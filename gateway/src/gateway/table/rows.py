"""The rows of a CSV file, one after another and within bounded memory, whatever the file holds."""

import csv
import io
from typing import BinaryIO, TextIO

ROW_LIMIT = 64 * 1024  # characters of a row, as much as a single prediction may have
MOST_EMPTY = 1_000  # lines before the header
MOST_OPEN_QUOTES = 1_000  # after so many quotes that never close, no cell of the file may hold a line end


class UnreadableRow(Exception):
    """The next row cannot be read. `cells` is what is left of it; the row after it is not harmed."""

    def __init__(self, why: str, cells: list[str]) -> None:
        super().__init__(why)
        self.why = why
        self.cells = cells


def csv_text(file: BinaryIO) -> TextIO:
    """A file's text, from its start: UTF-8, with or without a mark at its beginning, its line ends as they are.

    A byte that is not UTF-8 is read as a lone surrogate, U+DC80 to U+DCFF (Python's `surrogateescape`).
    """
    file.seek(0)
    return io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")


class Rows:
    """Each row as a list of cells, which is empty for a line without anything: no row, and told to be counted.

    Raises UnreadableRow, and goes on with the row after it.
    """

    def __init__(self, text: TextIO) -> None:
        self._lines = _Lines(text)
        self.separate_by(",")
        self.line_end = "\n"
        """How the row that was peeked at ends."""
        self.read = 0
        """Characters that the rows so far had."""

    def peek(self, delimiter: str) -> list[str]:
        """The next row as that delimiter separates it, or nothing where it cannot be read. The row stays the next.

        Lines without anything are passed over, within reason.
        """
        self.separate_by(delimiter)
        lines = self._lines
        lines.begin_row()
        cells: list[str] = []
        try:
            for _ in range(MOST_EMPTY):
                if cells := next(self._reader):
                    break
                lines.begin_row()
        except (_Broken, StopIteration):
            pass  # whoever reads it learns why
        self.line_end = "\r\n" if lines.row and lines.row[-1].endswith("\r\n") else "\n"
        lines.read_again(lines.row)
        return cells

    def separate_by(self, delimiter: str) -> None:
        """What separates the cells of the rows that are still to come."""
        self._delimiter = delimiter
        self._reader = csv.reader(self._lines, delimiter=delimiter)

    def __iter__(self) -> "Rows":
        return self

    def __next__(self) -> list[str]:
        lines = self._lines
        lines.begin_row()
        try:
            cells = next(self._reader)
        except _Broken as error:
            first = lines.give_up(error.again)
            self.read += len(first)
            raise UnreadableRow(str(error), next(csv.reader([first], delimiter=self._delimiter), [])) from error
        self.read += lines.length
        return cells


class _Broken(Exception):
    """The row that is being read does not end as it should. `again`: its lines, but the first, are rows themselves."""

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


class _Lines:
    """The file's lines with their ends, as csv.reader takes them, which asks for another while a quote is open."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._again: list[str] = []  # to be read before the file goes on, the last one first
        self._open_quotes = 0
        self.row: list[str] = []
        """The lines of the row that is being read."""
        self.length = 0

    def begin_row(self) -> None:
        self.row.clear()
        self.length = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.row and self._open_quotes >= MOST_OPEN_QUOTES:
            raise _Broken("a quote is opened and never closed", again=True)
        line = self._again.pop() if self._again else self._text.readline(ROW_LIMIT)
        if not line:
            if self.row:
                raise _Broken("a quote is opened and never closed", again=True)
            raise StopIteration
        self.row.append(line)
        self.length += len(line)
        if self.length >= ROW_LIMIT:
            if len(self.row) == 1:
                raise _Broken(f"the row is longer than {ROW_LIMIT:,} characters", again=False)
            raise _Broken(f"a quote is opened and not closed within {ROW_LIMIT:,} characters", again=True)
        return line

    def read_again(self, lines: list[str]) -> None:
        self._again += reversed(lines)
        self.begin_row()

    def give_up(self, again: bool) -> str:
        """The first line of the row, whose other lines are read again, as rows of their own.

        A line that is too long for a row is passed over, and nothing of it is given.
        """
        self._open_quotes += again
        first, *others = self.row
        last = self.row[-1]
        if not again:
            while last and not last.endswith(("\n", "\r")):
                last = self._text.readline(ROW_LIMIT)
        self.read_again(others)
        return first if again else ""
