"""From the bytes of an inference request to an array."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import NoneType

import numpy as np
from pydantic import JsonValue, ValidationError

from serving.body import BULK_ROWS
from serving.engine import LARGEST, Rows
from serving.errors import InvalidInput, MalformedBody
from serving.problem import field_errors
from serving.protocol.messages import Datatype, InferenceRequest, RequestInput
from serving.store import Feature

INPUT_NAME = "input"
OUTPUT_NAMES = ("predict", "predict_proba")
_NUMPY_TYPES: dict[Datatype, str] = {
    "FP64": "<f8",
    "FP32": "<f4",
    "FP16": "<f2",
    "INT8": "i1",
    "INT16": "<i2",
    "INT32": "<i4",
    "INT64": "<i8",
    "UINT8": "u1",
    "UINT16": "<u2",
    "UINT32": "<u4",
    "UINT64": "<u8",
}


@dataclass(frozen=True)
class InferenceCall:
    """A request that was understood. `outputs` maps each output that is wanted to whether it is wanted in binary."""

    id: str | None
    rows: Rows
    outputs: dict[str, bool]
    row_errors: bool


def decode(body: bytes, header_length: str | None, features: Sequence[Feature]) -> InferenceCall:
    """Read a request for a model of these features.

    `header_length` is the Inference-Header-Content-Length: how many bytes of the body are JSON, where tensors follow.
    Raises MalformedBody or InvalidInput.
    """
    head, tail = _split(body, header_length)
    try:
        request = InferenceRequest.model_validate_json(head)
    except ValidationError as error:
        errors = field_errors(error)
        if errors and errors[0]["type"] == "json_invalid":
            raise MalformedBody("the body is not JSON") from error
        raise InvalidInput("the body is not an inference request", errors) from error
    rows = _array(request.inputs[0], tail)
    _check_values(rows, features)
    return InferenceCall(request.id, rows, _outputs(request), request.parameters.get("row_errors") is True)


def _split(body: bytes, header_length: str | None) -> tuple[bytes, bytes]:
    if header_length is None:
        return body, b""
    if not (header_length.isascii() and header_length.isdigit() and len(header_length) < 10):
        raise MalformedBody("Inference-Header-Content-Length takes a number of bytes")
    if int(header_length) > len(body):
        raise MalformedBody("Inference-Header-Content-Length is beyond the end of the body")
    return body[: int(header_length)], body[int(header_length) :]


def _array(tensor: RequestInput, tail: bytes) -> Rows:
    numpy_type = _NUMPY_TYPES[tensor.datatype]
    if tensor.shape[0] > BULK_ROWS:
        raise InvalidInput(f"the input's shape is [rows, features], with 1 to {BULK_ROWS:,} rows")
    size = tensor.parameters.get("binary_data_size")
    try:
        if size is None:
            if tensor.data is None or tail:
                raise InvalidInput("the input needs data, or binary_data_size and that many bytes after the JSON")
            flat = _converted(np.array(_numbers(tensor.data, tensor.shape[1]), dtype=np.float64), numpy_type)
        else:
            if tensor.data is not None or size != len(tail):
                raise InvalidInput(f"binary_data_size does not fit: {len(tail)} bytes follow the JSON")
            flat = np.frombuffer(tail, dtype=numpy_type).astype(np.float64)
        return flat.reshape(tensor.shape)
    except (ValueError, OverflowError) as error:
        raise InvalidInput("the input's data do not have the shape that it names") from error


def _numbers(data: list[JsonValue], width: int) -> list[JsonValue]:
    """The tensor's content, flat. Strings and booleans are refused, since NumPy would convert them."""
    if any(isinstance(row, list) and len(row) != width for row in data):
        raise InvalidInput("the input's data do not have the shape that it names")
    flat = [value for row in data for value in (row if isinstance(row, list) else [row])]
    if any(type(value) not in (int, float, NoneType) for value in flat):
        raise InvalidInput("the input's data are numbers, or null where the feature is nullable, flat or row by row")
    return flat


def _converted(flat: Rows, numpy_type: str) -> Rows:
    """JSON's numbers as the datatype has them. Raises InvalidInput where it does not have them."""
    with np.errstate(all="ignore"):
        cast = flat.astype(numpy_type).astype(np.float64)
    if np.dtype(numpy_type).kind in "iu" and not np.array_equal(cast, flat):
        raise InvalidInput("the input's data are not of the datatype that it names")
    return cast


def _check_values(rows: Rows, features: Sequence[Feature]) -> None:
    if rows.shape[1] != len(features):
        raise InvalidInput(f"this model takes {len(features)} features, in the order of its manifest")
    if (np.abs(rows) <= LARGEST).all():  # which no NaN is
        return
    if (np.abs(rows) > LARGEST).any():
        raise InvalidInput(f"the input holds an infinity, or a number beyond ±{LARGEST:.3g}")
    nullable = np.array([feature.nullable for feature in features])
    if np.isnan(rows[:, ~nullable]).any():
        raise InvalidInput("the input holds a missing value where the feature is not nullable")


def _outputs(request: InferenceRequest) -> dict[str, bool]:
    binary_default = request.parameters.get("binary_data_output") is True
    if not request.outputs:
        return dict.fromkeys(OUTPUT_NAMES, binary_default)
    return {output.name: output.parameters.get("binary_data", binary_default) is True for output in request.outputs}
