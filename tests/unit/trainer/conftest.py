"""Tables small enough to read, and what the trainer makes of them."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from serving.store import ReleaseWriter
from trainer.report import Report
from trainer.table import Table, read_table

WriteCsv = Callable[[str], Path]


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """Writes a CSV file and gives its path."""

    def write(text: str) -> Path:
        path = tmp_path / "flowers.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def mixed(write_csv: WriteCsv) -> Table:
    """40 rows of numbers, categories, booleans and missing values, which tell two classes apart."""
    rows = [f"{i / 10},{'red' if i % 3 else 'blue'},{i < 18},{i or ''},{'ab'[i >= 20]}" for i in range(40)]
    rows[5] = "0.5,,True,5,a"
    rows[30] = "3.0,red,,30,b"
    return read_table(write_csv("width (mm),color,striped,age,label\n" + "\n".join(rows)), target="label", name="mixed")


@pytest.fixture
def plain(write_csv: WriteCsv) -> Table:
    """40 rows of two numbers."""
    rows = [f"{i},{i % 7},{'ab'[i >= 20]}" for i in range(40)]
    return read_table(write_csv("x,y,label\n" + "\n".join(rows)), target="label", name="plain")


@pytest.fixture
def writer(tmp_path: Path) -> ReleaseWriter:
    return ReleaseWriter(tmp_path / "store")


@pytest.fixture
def printed() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def report(printed: io.StringIO) -> Report:
    return Report(Console(file=printed))
