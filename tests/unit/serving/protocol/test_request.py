import json
import struct

import numpy as np
import pytest
from pydantic import JsonValue
from serving.errors import InvalidInput, MalformedBody, ServingError
from serving.protocol.request import decode
from serving.store import Feature

FEATURES = [Feature(name="length", kind="number"), Feature(name="age", kind="number", nullable=True)]


def body(**changes: JsonValue) -> bytes:
    tensor: dict[str, JsonValue] = {"name": "input", "shape": [2, 2], "datatype": "FP64", "data": [1, 2, 3, 4]}
    return json.dumps({"inputs": [tensor | changes]}).encode()


def binary(tail: bytes, **changes: JsonValue) -> tuple[bytes, str]:
    tensor: dict[str, JsonValue] = {
        "name": "input",
        "shape": [2, 2],
        "datatype": "FP64",
        "parameters": {"binary_data_size": len(tail)},
    }
    head = json.dumps({"inputs": [tensor | changes]}).encode()
    return head + tail, str(len(head))


@pytest.mark.parametrize("data", [[1, 2, 3, 4], [[1, 2], [3, 4]], [1.0, 2, 3, 4.0]])
def test_json_tensors_may_be_flat_or_nested(data: JsonValue) -> None:
    assert decode(body(data=data), None, FEATURES).rows.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(("datatype", "code"), [("FP64", "d"), ("FP32", "f"), ("INT64", "q"), ("UINT8", "B")])
def test_binary_tensors_of_every_number_type_become_float64(datatype: str, code: str) -> None:
    content, length = binary(struct.pack(f"<4{code}", 1, 2, 3, 4), datatype=datatype)
    rows = decode(content, length, FEATURES).rows
    assert rows.dtype == np.float64
    assert rows.tolist() == [[1, 2], [3, 4]]


def test_a_missing_value_is_taken_where_the_feature_is_nullable() -> None:
    assert np.isnan(decode(body(data=[1, None, 3, 4]), None, FEATURES).rows[0, 1])
    with pytest.raises(InvalidInput, match="not nullable"):
        decode(body(data=[None, 2, 3, 4]), None, FEATURES)


def test_outputs_are_json_unless_binary_is_asked_for() -> None:
    request = json.loads(body())
    assert decode(json.dumps(request).encode(), None, FEATURES).outputs == {"predict": False, "predict_proba": False}
    request["parameters"] = {"binary_data_output": True}
    assert decode(json.dumps(request).encode(), None, FEATURES).outputs == {"predict": True, "predict_proba": True}
    request["outputs"] = [{"name": "predict", "parameters": {"binary_data": False}}]
    assert decode(json.dumps(request).encode(), None, FEATURES).outputs == {"predict": False}


@pytest.mark.parametrize(
    ("content", "length", "error"),
    [
        (b"", None, MalformedBody),
        (b"{", None, MalformedBody),
        (b"[" * 100_000, None, MalformedBody),
        (b'{"inputs": "\\ud800"}', None, MalformedBody),
        (b"[]", None, InvalidInput),
        (b"{}", None, InvalidInput),
        (b'{"inputs": []}', None, InvalidInput),
        (body(name="rows"), None, InvalidInput),
        (body(datatype="BYTES"), None, InvalidInput),
        (body(datatype="INT8", data=[300, 2, 3, 4]), None, InvalidInput),
        (body(datatype="INT32", data=[1.5, 2, 3, 4]), None, InvalidInput),
        (body(datatype="FP16", data=[1e10, 2, 3, 4]), None, InvalidInput),
        (body(datatype="UINT8", data=[1, None, 3, 4]), None, InvalidInput),
        (body(data=[[1, 2, 3], [4]]), None, InvalidInput),
        (body(datatype="FP128"), None, InvalidInput),
        (body(shape=[4]), None, InvalidInput),
        (body(shape=[4, 1]), None, InvalidInput),
        (body(shape=[0, 2], data=[]), None, InvalidInput),
        (body(shape=[3, 2]), None, InvalidInput),
        (body(shape=[-1, 2]), None, InvalidInput),
        (body(shape=[2**62, 2**62]), None, InvalidInput),
        (body(shape=[10_001, 2], data=[0] * 20_002), None, InvalidInput),
        (body(data=None), None, InvalidInput),
        (body(data=["1", 2, 3, 4]), None, InvalidInput),
        (body(data=[True, 2, 3, 4]), None, InvalidInput),
        (body(data=[[1, 2], [3]]), None, InvalidInput),
        (body(data=[[[1, 2]], [3, 4]]), None, InvalidInput),
        (body(data=[1.1e18, 2, 3, 4]), None, InvalidInput),
        (b'{"inputs": [' + b",".join([b"{}"] * 100_000) + b"]}", None, InvalidInput),
        (b'{"inputs": [], "outputs": [' + b",".join([b"{}"] * 100_000) + b"]}", None, InvalidInput),
        (body().replace(b"1,", b"1e999,"), None, InvalidInput),
        (body().replace(b"1,", b"NaN,"), None, InvalidInput),
        (body().replace(b"1,", b"9" * 4000 + b","), None, InvalidInput),
        (body().replace(b"1,", b"9" * 5000 + b","), None, MalformedBody),
        (body(), "abc", MalformedBody),
        (body(), "99999", MalformedBody),
        (body(), "-1", MalformedBody),
        (*binary(struct.pack("<3d", 1, 2, 3)), InvalidInput),
        (*binary(struct.pack("<4d", 1, 2, 3, 4), parameters={"binary_data_size": 8}), InvalidInput),
        (*binary(struct.pack("<4d", 1, 2, 3, 4), parameters={"binary_data_size": "32"}), InvalidInput),
        (*binary(struct.pack("<4d", 1, 2, 3, 4), data=[1, 2, 3, 4]), InvalidInput),
        (*binary(struct.pack("<4d", float("inf"), 2, 3, 4)), InvalidInput),
        (*binary(b"", data=[1, 2, 3, 4]), InvalidInput),
        (b'{"inputs": [], "outputs": [{"name": "other"}]}', None, InvalidInput),
    ],
)
def test_what_is_no_request_is_refused_as_such(content: bytes, length: str | None, error: type[ServingError]) -> None:
    with pytest.raises(error):
        decode(content, length, FEATURES)
