"""Tables of the small release: length (cm), color, wet, and an age that may be missing."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from gateway.inputs import Inputs
from gateway.merge import Merged
from gateway.outcome import Outcome
from gateway.round import Answer
from gateway.table.answer import AnswerText, appended_columns
from gateway.table.rows import csv_text
from gateway.table.table import CHUNK_LENGTH, CHUNK_ROWS, Table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving.engine import Probabilities, Rows
from serving.store import Manifest

HEAD = "length,color,wet,age"
MEMBERS = ["forest", "network"]
NAN = float("nan")


@pytest.fixture
def manifest(publish: Callable[..., Manifest], store_root: Path) -> Manifest:
    return publish(store_root)


def table(content: str | bytes, manifest: Manifest) -> Table:
    content = content if isinstance(content, bytes) else content.encode()
    return Table(csv_text(io.BytesIO(content)), manifest, appended_columns(MEMBERS))


def errors(rows: str | bytes, manifest: Manifest) -> dict[int, str]:
    content = f"{HEAD}\n".encode() + (rows if isinstance(rows, bytes) else rows.encode())
    [chunk] = table(content, manifest).chunks()
    return chunk.errors


def test_rows_become_what_engines_take_in_the_releases_order(manifest: Manifest) -> None:
    [chunk] = table("Age;id;Wet;Length (cm);color\n;a;TRUE;5,1;red\n3;b;false;2;green\n", manifest).chunks()
    assert np.array_equal(chunk.rows, np.array([[5.1, 1, 1, NAN], [2, -1, 0, 3]]), equal_nan=True)
    assert chunk.columns[1] == ("a", "b")
    assert chunk.errors == {}


def test_a_row_tells_all_that_is_wrong_with_it_and_harms_no_other(manifest: Manifest) -> None:
    [chunk] = table(f"{HEAD}\n1,red,true,2\nx,red,no,2\n3,red,true,4\n", manifest).chunks()
    assert chunk.errors == {1: "length is not a number; wet is neither true nor false"}
    assert chunk.fitting.tolist() == [0, 2]
    assert chunk.rows[:, 0].tolist() == [1, 3]


def test_a_row_of_another_width_keeps_its_place_and_the_tables_width(manifest: Manifest) -> None:
    [chunk] = table(f"{HEAD}\n1,red\n1,red,true,2,9,9\n1,red,true,2\n", manifest).chunks()
    assert chunk.errors == {0: "the row has 2 cells, the header 4", 1: "the row has 6 cells, the header 4"}
    assert list(zip(*chunk.columns, strict=True))[:2] == [("1", "red", "", ""), ("1", "red", "true", "2")]


def test_a_row_that_is_not_utf8_says_so(manifest: Manifest) -> None:
    assert errors(b"1,r\xe9d,true,2\n1,red,true,2\n", manifest) == {0: "the row is not UTF-8 text"}


def test_a_quote_that_never_closes_is_one_bad_row(manifest: Manifest) -> None:
    assert errors('"1,red,true,2\n1,red,true,2\n1,red,true,2\n', manifest) == {0: "a quote is opened and never closed"}


def test_a_header_alone_has_no_chunks(manifest: Manifest) -> None:
    assert sum(map(len, table(HEAD, manifest).chunks())) == 0


def test_lines_without_anything_are_no_rows_and_are_read_in_chunks_too(manifest: Manifest) -> None:
    content = f"{HEAD}\n\n1,red,true,2\n\r\n" + "\n" * 3 * CHUNK_ROWS + "2,red,true,2\n\n"
    chunks = [(chunk.start, len(chunk)) for chunk in table(content, manifest).chunks()]
    assert chunks == [(0, 1), (1, 0), (1, 0), (1, 1)]


def test_a_chunk_ends_at_its_rows_and_at_its_length(manifest: Manifest) -> None:
    rows = "1,red,true,2\n" * (2 * CHUNK_ROWS + 1)
    assert [len(chunk) for chunk in table(f"{HEAD}\n{rows}", manifest).chunks()] == [CHUNK_ROWS, CHUNK_ROWS, 1]
    long = f"1,{'x' * 50_000},true,2\n" * 12
    chunks = list(table(f"{HEAD}\n{long}", manifest).chunks())
    assert [len(chunk) for chunk in chunks] == [6, 6, 0]
    assert sum(map(len, chunks[0].columns[1])) < CHUNK_LENGTH + 50_001


def asked(rows: Rows) -> Answer:
    """What two models say: one by the length and the color, the other by whether it is wet."""

    def of_cats(cats: Rows) -> Probabilities:
        return np.stack([cats, 1 - cats], axis=1)

    forest = of_cats(1 / (1 + np.exp(np.clip(rows[:, 0] - 2 * rows[:, 1], -50, 50))))
    network = of_cats(np.where(rows[:, 2] == 1, 0.8, 0.3))
    outcomes = {"forest": Outcome("ok", probabilities=forest), "network": Outcome("ok", probabilities=network)}
    return Answer(Merged(len(rows), outcomes, ["cat", "dog"]), 0, len(rows))


def answered(read: Table, manifest: Manifest) -> bytes:
    text = AnswerText(read.header, MEMBERS, manifest.classes, 1)
    return text.head() + b"".join(text.rows(chunk, asked(chunk.rows)) for chunk in read.chunks())


# Without a carriage return, which Python's csv writes in a way that it cannot read back (before 3.13).
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)
instances = st.fixed_dictionaries(
    {
        "length": st.floats(-1e18, 1e18),
        "color": st.sampled_from(["blue", "red", "green"]),
        "wet": st.booleans(),
        "age": st.none() | st.floats(-1e6, 1e6),
    }
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(st.tuples(instances, texts, texts), min_size=1, max_size=8),
    order=st.permutations(["length", "color", "wet", "age", "my note", "id"]),
    dialect=st.fixed_dictionaries(
        {
            "delimiter": st.sampled_from(",;\t"),
            "lineterminator": st.sampled_from(["\n", "\r\n"]),
            "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        }
    ),
    mark=st.booleans(),
)
def test_any_table_comes_back_unchanged_with_the_answers_that_predict_gives(
    manifest: Manifest,
    rows: list[tuple[dict[str, float], str, str]],
    order: list[str],
    dialect: dict[str, str],
    mark: bool,
) -> None:
    written = io.StringIO()
    writer = csv.DictWriter(written, order, **dialect)  # type: ignore[arg-type]  # csv's own types take no dictionary
    writer.writeheader()
    own = [{**instance, "my note": note, "id": id_} for instance, note, id_ in rows]
    writer.writerows(own)
    content = written.getvalue().encode("utf-8-sig" if mark else "utf-8")
    answer = answered(table(content, manifest), manifest).decode()
    found = list(csv.DictReader(io.StringIO(answer, newline=""), delimiter=dialect["delimiter"]))
    sent = list(csv.DictReader(io.StringIO(written.getvalue(), newline=""), delimiter=dialect["delimiter"]))
    assert [{name: row[name] for name in order} for row in found] == sent
    votes = asked(Inputs(manifest).rows([instance for instance, *_ in rows])).votes(1)
    assert [row["prediction"] for row in found] == [vote["prediction"] for vote in votes]
    assert [row["prediction:forest"] for row in found] == [vote["models"]["forest"]["prediction"] for vote in votes]
    assert [float(row["probability"]) for row in found] == pytest.approx(
        [vote["probability"] for vote in votes], abs=1e-6
    )
    assert {row["error"] for row in found} == {""}


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=200) | st.text('",;\n\r\0ax1é').map(str.encode))
def test_whatever_stands_below_a_header_is_answered_with_as_many_rows(manifest: Manifest, body: bytes) -> None:
    content = f"{HEAD}\n".encode() + body
    rows = sum(len(chunk) for chunk in table(content, manifest).chunks())
    found = list(csv.reader(io.StringIO(answered(table(content, manifest), manifest).decode(), newline="")))
    assert len(found) == rows + 1
    assert {len(row) for row in found} == {10}
