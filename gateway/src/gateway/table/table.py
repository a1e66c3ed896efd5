"""A table as it was sent: its header, and its rows in chunks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

import numpy as np
from numpy.typing import NDArray
from serving.store import Manifest

from gateway.table.cells import ColumnEncoder
from gateway.table.header import Header
from gateway.table.rows import Rows, UnreadableRow
from serving import engine

CHUNK_ROWS = 512
CHUNK_LENGTH = 256 * 1024  # characters after which a chunk ends, so that reading it holds up nobody for long
_NOT_UTF8 = re.compile(r"[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows of the table, from the row `start` on.

    `columns` are all own columns, each with one cell a row. `rows` are the inputs of the rows that fit, (fitting,
    features), `fitting` those rows' indices in the chunk; `errors` tells of every other row what does not fit.
    """

    start: int
    columns: Sequence[Sequence[str]]
    rows: engine.Rows
    fitting: NDArray[np.intp]
    errors: dict[int, str]

    def __len__(self) -> int:
        return len(self.fitting) + len(self.errors)


class Table:
    """`text` is CSV; `appended` are the columns that its answer will have besides its own.

    Raises MalformedBody or InvalidInput where the header does not fit the release. What is wrong with a row is told
    in its chunk.
    """

    def __init__(self, text: TextIO, manifest: Manifest, appended: Sequence[str]) -> None:
        self._rows = Rows(text)
        self._ended = False
        self.header = Header(self._rows, manifest, appended)
        decimal_comma = self.header.delimiter == ";"  # where the comma is the decimal mark, the semicolon separates
        self._encoders = [ColumnEncoder(feature, decimal_comma=decimal_comma) for feature in manifest.features]

    def chunks(self) -> Iterator[Chunk]:
        """All rows that are left, in their order. A chunk may hold no row where the table holds empty lines."""
        start = 0
        while not self._ended:
            chunk = self._chunk(start)
            start += len(chunk)
            yield chunk

    def _chunk(self, start: int) -> Chunk:
        rows: list[list[str]] = []
        errors: dict[int, str] = {}
        width, end = len(self.header.columns), self._rows.read + CHUNK_LENGTH
        for _ in range(min(CHUNK_ROWS, CHUNK_LENGTH // width)):
            try:
                cells = next(self._rows)
            except StopIteration:
                self._ended = True
                break
            except UnreadableRow as error:
                cells = error.cells
                errors[len(rows)] = error.why
            else:
                if not cells:
                    continue
            if len(cells) != width:
                errors.setdefault(len(rows), f"the row has {len(cells)} cells, the header {width}")
                cells = (cells + [""] * width)[:width]
            rows.append(cells)
            if self._rows.read >= end:
                break
        columns = list(zip(*rows, strict=True)) or [()] * width
        return self._encoded(start, columns, errors, len(rows))

    def _encoded(self, start: int, columns: Sequence[Sequence[str]], errors: dict[int, str], rows: int) -> Chunk:
        for column in columns:
            if not "".join(column).isascii():
                damaged = (row for row, cell in enumerate(column) if _NOT_UTF8.search(cell))
                errors |= {row: "the row is not UTF-8 text" for row in damaged if row not in errors}
        values = np.empty((rows, len(self._encoders)))
        wrong: dict[int, list[str]] = {}
        for feature, (encoder, place) in enumerate(zip(self._encoders, self.header.places, strict=True)):
            values[:, feature], misfits = encoder.encode(columns[place])
            for row, why in misfits.items():
                wrong.setdefault(row, []).append(why)
        errors |= {row: "; ".join(whys) for row, whys in wrong.items() if row not in errors}
        fitting = np.delete(np.arange(rows), list(errors))
        return Chunk(start, columns, values[fitting], fitting, errors)
