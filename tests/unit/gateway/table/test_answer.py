import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from gateway.merge import Merged
from gateway.outcome import Outcome
from gateway.round import Answer
from gateway.table.answer import AnswerText, appended_columns
from gateway.table.rows import csv_text
from gateway.table.table import Table
from serving.store import Manifest

MEMBERS = ["forest", "network"]
ROWS = "length,color,wet,age,id\n1,red,true,2,a\nx,red,true,2,b\n3,red,true,4,c\n"


def ok(*cats: float, row_errors: dict[int, str] | None = None) -> Outcome:
    probabilities = np.array([[cat, 1 - cat] for cat in cats])
    probabilities[list(row_errors or ())] = np.nan
    return Outcome("ok", probabilities=probabilities, row_errors=row_errors)


@pytest.fixture
def answer(publish: Callable[..., Manifest], store_root: Path) -> Callable[..., list[dict[str, str]]]:
    """The rows of the answer to the table above, of which the models are asked about the first and the last."""

    def write(forest: Outcome, network: Outcome, min_models: int = 1, content: str = ROWS) -> list[dict[str, str]]:
        manifest = publish(store_root)
        table = Table(csv_text(io.BytesIO(content.encode())), manifest, appended_columns(MEMBERS))
        [chunk] = table.chunks()
        text = AnswerText(table.header, MEMBERS, manifest.classes, min_models)
        merged = Merged(3, {"forest": forest, "network": network}, manifest.classes)
        written = text.head() + text.rows(chunk, Answer(merged, 1, 2))  # a neighbor's row comes first
        return list(csv.DictReader(io.StringIO(written.decode(), newline="")))

    return write


def test_each_row_has_the_vote_and_what_each_model_says(answer: Callable[..., list[dict[str, str]]]) -> None:
    first, bad, last = answer(ok(0, 0.9, 0.4), ok(0, 0.8, 0.1))
    assert first == {
        **dict(zip(("length", "color", "wet", "age", "id"), ("1", "red", "true", "2", "a"), strict=True)),
        "prediction": "cat",
        "probability": "0.85",
        "agreement": "2/2",
        "prediction:forest": "cat",
        "prediction:network": "cat",
        "error": "",
    }
    assert (last["prediction"], last["probability"]) == ("dog", "0.75")
    assert (bad["id"], bad["prediction"], bad["prediction:forest"]) == ("b", "", "")
    assert bad["error"] == "length is not a number"


def test_a_row_that_a_member_did_not_answer_says_which_and_why(answer: Callable[..., list[dict[str, str]]]) -> None:
    first, bad, last = answer(ok(0, 0.9, 0.4), Outcome("timeout", "no answer in time"))
    assert (first["prediction"], first["agreement"], first["prediction:network"]) == ("cat", "1/1", "")
    assert first["error"] == last["error"] == "network: timeout (no answer in time)"
    assert bad["error"] == "length is not a number"


def test_a_row_on_which_a_model_failed_says_so_and_the_others_do_not(
    answer: Callable[..., list[dict[str, str]]],
) -> None:
    first, _, last = answer(ok(0, 0.9, 0.4), ok(0, 0, 0.9, row_errors={1: "it raised ValueError"}))
    assert (first["prediction"], first["agreement"], first["error"]) == (
        "cat",
        "1/1",
        "network: error (it raised ValueError)",
    )
    assert (last["agreement"], last["error"]) == ("1/2", "")


def test_a_row_with_too_few_answers_has_no_prediction_and_still_tells_what_was_said(
    answer: Callable[..., list[dict[str, str]]],
) -> None:
    first, _, _ = answer(ok(0, 0.9, 0.4), Outcome("unavailable", "connection refused"), min_models=2)
    assert (first["prediction"], first["probability"], first["agreement"]) == ("", "", "")
    assert first["prediction:forest"] == "cat"
    assert first["error"] == "too few models answered; network: unavailable (connection refused)"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_answer_has_the_tables_line_ends_and_a_cell_keeps_its_own(
    publish: Callable[..., Manifest], store_root: Path, end: str
) -> None:
    manifest = publish(store_root)
    cells = ["one\rtwo", "three\nfour", "five\r\nsix", "=1+1", "café"]
    content = f"note,length,color,wet,age{end}" + "".join(f'"{cell}",1,red,true,2{end}' for cell in cells)
    table = Table(csv_text(io.BytesIO(content.encode())), manifest, appended_columns(MEMBERS))
    text = AnswerText(table.header, MEMBERS, manifest.classes, 1)
    [chunk] = table.chunks()
    written = text.head() + text.rows(chunk, None)
    assert text.head().endswith(b",error" + end.encode())
    found = csv.reader(io.StringIO(written.decode(), newline=""))
    assert [row[0] for row in found][1:] == cells
