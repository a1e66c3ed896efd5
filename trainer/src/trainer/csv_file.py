"""Reading a CSV file into columns of text, and saying what is wrong with it."""

import csv
import hashlib
import io
import warnings
from collections import Counter
from pathlib import Path

import pandas as pd
from pandas.errors import ParserError, ParserWarning

from trainer.errors import UnusableTable


def read_csv(path: Path) -> tuple[pd.DataFrame, str]:
    """The file's cells as text (missing ones as NaN, by pandas' usual markers), and its SHA-256.

    Raises UnusableTable.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnusableTable(f"there is no table at {path}: check --data") from error
    except OSError as error:
        raise UnusableTable(f"cannot read the table {path}: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableTable(f"{path} is not UTF-8 text: save the table as CSV in UTF-8") from error
    return _parse(text, path), hashlib.sha256(content).hexdigest()


def _parse(text: str, path: Path) -> pd.DataFrame:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
        header = [name.strip() for name in next((row for row in rows if row), [])]
        _check_header(header, path)
        with warnings.catch_warnings():
            warnings.simplefilter("error", ParserWarning)  # rows longer than the header
            frame = pd.read_csv(io.StringIO(text), dtype=str, index_col=False, skipinitialspace=True)
    except (ParserError, ParserWarning, csv.Error) as error:
        reason = str(error).strip().splitlines()[0]
        raise UnusableTable(
            f"{path} is not a CSV table with one header line and rows of its length: {reason}"
        ) from error
    frame.columns = pd.Index(header)
    return frame


def _check_header(header: list[str], path: Path) -> None:
    if not header:
        raise UnusableTable(f"{path} is empty: give a CSV table with a header line")
    if "" in header:
        raise UnusableTable(f"{path}: column {header.index('') + 1} has no name: name it, or remove it")
    refuse_twins(header, path)


def refuse_twins(names: list[str], path: Path) -> None:
    """Raises UnusableTable where two columns have one name."""
    twins = [name for name, times in Counter(names).items() if times > 1]
    if twins:
        raise UnusableTable(f"{path} has more than one column {twins[0]!r}: rename or remove one")
