"""The two messages of a call to a model server: our question, and its answer, of which nothing is believed unseen."""

import math

import numpy as np
from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import to_json
from serving.engine import Probabilities, Rows, are_probabilities
from serving.protocol.request import INPUT_NAME
from serving.protocol.response import HEADER_LENGTH

from gateway.outcome import Outcome

LONGEST = 300  # characters of another server that an answer of ours repeats


class _Output(BaseModel):
    name: str
    data: list[JsonValue] | None = None


class _Answer(BaseModel):
    model_version: str | None = None
    parameters: dict[str, JsonValue] = {}
    outputs: list[_Output]


def write_question(rows: Rows, *, binary: bool) -> tuple[dict[str, str], bytes]:
    """Headers and body of an inference request for rows of the shape (rows, features).

    It wants the probabilities, although some rows may fail. `binary` is for servers that have that extension.
    """
    tensor: dict[str, object] = {"name": INPUT_NAME, "shape": list(rows.shape), "datatype": "FP64"}
    question = {"parameters": {"row_errors": True}, "inputs": [tensor]}
    if not binary:
        tensor["data"] = [[None if math.isnan(value) else value for value in row] for row in rows.tolist()]
        return {"Content-Type": "application/json"}, to_json(question)
    content = rows.astype("<f8", copy=False).tobytes()
    tensor["parameters"] = {"binary_data_size": len(content)}
    question["outputs"] = [{"name": "predict_proba", "parameters": {"binary_data": True}}]
    head = to_json(question)
    return {"Content-Type": "application/octet-stream", HEADER_LENGTH: str(len(head))}, head + content


def read_answer(
    head_length: str | None, body: bytes, shape: tuple[int, int], version: str | None, latency_ms: float
) -> Outcome:
    """The outcome that an inference response amounts to, where `shape` is (rows, classes) as it has to be.

    `head_length` is its Inference-Header-Content-Length: how much of the body is JSON, where tensors follow.
    """
    try:
        head = len(body) if head_length is None else int(head_length)
        answer = _Answer.model_validate_json(body[:head])
        probabilities = _probabilities(answer, body[head:], shape[1]).reshape(shape)
        row_errors = _row_errors(answer.parameters.get("row_errors"), shape[0])
    except (ValidationError, StopIteration, ValueError, TypeError, OverflowError):
        error = "the answer is not one of the protocol, or has no predict_proba"
        return Outcome("error", error, latency_ms=latency_ms, fault=True)
    if not are_probabilities(np.delete(probabilities, list(row_errors), axis=0) if row_errors else probabilities):
        error = "the answer holds numbers that are no probabilities"
        return Outcome("error", error, latency_ms=latency_ms, fault=True)
    if version is not None and answer.model_version != version:
        return Outcome("error", "the answer is of another release", latency_ms=latency_ms, fault=True)
    engine = answer.parameters.get("engine")
    return Outcome(
        "ok",
        probabilities=probabilities,
        row_errors=row_errors,
        version=version,
        engine=printable(engine) if isinstance(engine, str) else None,
        latency_ms=latency_ms,
    )


def printable(text: str) -> str:
    """What another server said, short, and such that it can be said again."""
    return text[:LONGEST].encode("utf-8", "replace").decode()


def _probabilities(answer: _Answer, tail: bytes, classes: int) -> Probabilities:
    """The content of predict_proba, of whatever shape; in binary, it is the only output that is."""
    output = next(output for output in answer.outputs if output.name == "predict_proba")
    if output.data is None:
        return np.frombuffer(tail, dtype="<f8").astype(np.float64)
    return np.array([[None] * classes if row is None else row for row in output.data], dtype=np.float64)


def _row_errors(value: JsonValue, rows: int) -> dict[int, str]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise TypeError("row_errors is not an object")
    return {int(row): printable(str(why)) for row, why in value.items() if 0 <= int(row) < rows}
