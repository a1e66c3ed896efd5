"""The two messages of a call to a model server: our question, and its answer, of which nothing is believed unseen."""

import json
import math

import numpy as np
from pydantic import BaseModel, JsonValue, ValidationError
from serving.engine import Rows, are_probabilities
from serving.protocol.request import INPUT_NAME

from gateway.outcome import Outcome

LONGEST = 300  # characters of another server that an answer of ours repeats


class _Output(BaseModel):
    name: str
    shape: list[int]
    data: list[JsonValue]


class _Answer(BaseModel):
    model_version: str | None = None
    parameters: dict[str, JsonValue] = {}
    outputs: list[_Output]


def write_question(rows: Rows) -> bytes:
    """An inference request for rows of the shape (rows, features), which wants an answer although some rows fail."""
    data = [[None if math.isnan(value) else value for value in row] for row in rows.tolist()]
    tensor = {"name": INPUT_NAME, "shape": list(rows.shape), "datatype": "FP64", "data": data}
    return json.dumps({"parameters": {"row_errors": True}, "inputs": [tensor]}).encode()


def read_answer(body: bytes, shape: tuple[int, int], version: str | None, latency_ms: float) -> Outcome:
    """The outcome that an inference response amounts to, where `shape` is (rows, classes) as it has to be."""
    try:
        answer = _Answer.model_validate_json(body)
        output = next(output for output in answer.outputs if output.name == "predict_proba")
        row_errors = _row_errors(answer.parameters.get("row_errors"))
        data = [[None] * shape[1] if row is None else row for row in output.data]
        probabilities = np.array(data, dtype=np.float64).reshape(shape)
    except (ValidationError, StopIteration, ValueError, TypeError, OverflowError):
        return Outcome("error", "the answer is not one of the protocol, or has no predict_proba", latency_ms=latency_ms)
    good = probabilities[[row for row in range(shape[0]) if row not in row_errors]]
    if not are_probabilities(good):
        return Outcome("error", "the answer holds numbers that are no probabilities", latency_ms=latency_ms)
    if version is not None and answer.model_version != version:
        return Outcome("error", "the answer is of another release", latency_ms=latency_ms)
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


def _row_errors(value: JsonValue) -> dict[int, str]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise TypeError("row_errors is not an object")
    return {int(row): printable(str(why)) for row, why in value.items()}
