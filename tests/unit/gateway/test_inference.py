import json

import numpy as np
import pytest
from gateway.inference import read_answer, write_question
from pydantic import JsonValue
from serving.protocol.request import decode
from serving.protocol.response import HEADER_LENGTH
from serving.store import Feature


def body(data: JsonValue, **more: JsonValue) -> bytes:
    output: dict[str, JsonValue] = {"name": "predict_proba", "datatype": "FP64", "shape": [2, 2], "data": data}
    return json.dumps({"model_name": "m", "model_version": "r1", "outputs": [output]} | more).encode()


@pytest.mark.parametrize("data", [[0.1, 0.9, 0.8, 0.2], [[0.1, 0.9], [0.8, 0.2]]])
def test_probabilities_may_be_flat_or_nested(data: JsonValue) -> None:
    outcome = read_answer(None, body(data), (2, 2), "r1", 3.0)
    assert outcome.status == "ok"
    assert outcome.probabilities is not None
    assert outcome.probabilities.tolist() == [[0.1, 0.9], [0.8, 0.2]]
    assert (outcome.version, outcome.latency_ms) == ("r1", 3.0)


def test_a_failed_row_is_told_by_its_index() -> None:
    outcome = read_answer(None, body([None, [0.8, 0.2]], parameters={"row_errors": {"0": "why"}}), (2, 2), "r1", 3.0)
    assert outcome.row_errors == {0: "why"}
    assert outcome.probabilities is not None
    assert np.isnan(outcome.probabilities[0]).all()


def test_a_binary_answer_is_the_same_as_one_in_json() -> None:
    rows = np.array([[0.1, 0.9], [0.8, 0.2]])
    head = body(None)
    outcome = read_answer(str(len(head)), head + rows.tobytes(), (2, 2), "r1", 3.0)
    assert outcome.probabilities is not None
    np.testing.assert_array_equal(outcome.probabilities, rows)


@pytest.mark.parametrize("length", ["x", "-1", "999"])
def test_a_binary_answer_that_lies_about_its_length_is_an_error(length: str) -> None:
    content = body(None) + np.array([[0.1, 0.9], [0.8, 0.2]]).tobytes()
    assert read_answer(length, content, (2, 2), "r1", 3.0).status == "error"


@pytest.mark.parametrize("binary", [True, False])
def test_a_question_is_read_by_the_protocol_as_it_was_meant(binary: bool) -> None:
    rows = np.array([[1.0, np.nan], [0.25, 4.0]])
    features = [Feature(name=name, kind="number", nullable=True) for name in "ab"]
    headers, content = write_question(rows, binary=binary)
    call = decode(content, headers.get(HEADER_LENGTH), features)
    np.testing.assert_array_equal(call.rows, rows)
    assert call.row_errors


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"outputs": []}',
        body([0.1, 0.9]),
        body([10**400, 0.9, 0.8, 0.2]),
        body([[0.1, 0.9], [0.8]]),
        body(["a", "b", "c", "d"]),
        body([0.1, 0.9, 0.8, None]),
        body([[0.1, 0.9], None]),
        body([0.5, 0.9, 0.8, 0.2]),
        body([-0.1, 1.1, 0.8, 0.2]),
        body([0.1, 0.9, 0.8, 0.2]).replace(b"0.1", b"NaN"),
        body([0.1, 0.9, 0.8, 0.2]).replace(b"0.1", b"1e999"),
        body([0.1, 0.9, 0.8, 0.2], model_version="r2"),
        body([0.1, 0.9, 0.8, 0.2], parameters={"row_errors": ["why"]}),
        body([0.1, 0.9, 0.8, 0.2], parameters={"row_errors": {"x": "why"}}),
    ],
)
def test_what_is_no_answer_of_that_release_is_an_error_and_never_a_vote(content: bytes) -> None:
    outcome = read_answer(None, content, (2, 2), "r1", 3.0)
    assert outcome.status == "error"
    assert outcome.error
    assert outcome.probabilities is None
