"""Hostile inference requests: what is changed in a good one, and the status that it gets."""

import json
import struct
from typing import Any

GOOD: dict[str, Any] = {"name": "input", "shape": [1, 4], "datatype": "FP64", "data": [5.1, 3.5, 1.4, 0.2]}

TENSORS: list[tuple[str, dict[str, Any], int]] = [
    ("more rows than data", {"shape": [2, 4]}, 422),
    ("fewer rows than data", {"shape": [1, 4], "data": [5.1] * 8}, 422),
    ("features for rows", {"shape": [4, 1]}, 422),
    ("one dimension", {"shape": [4]}, 422),
    ("three dimensions", {"shape": [1, 1, 4]}, 422),
    ("a thousand dimensions", {"shape": [1] * 1_000}, 422),
    ("no dimension", {"shape": []}, 422),
    ("no row", {"shape": [0, 4], "data": []}, 422),
    ("no feature", {"shape": [1, 0], "data": []}, 422),
    ("a negative dimension", {"shape": [-1, 4]}, 422),
    ("two negative dimensions", {"shape": [-1, -4]}, 422),
    ("a dimension that leaves 32 bits", {"shape": [2**31, 4]}, 422),
    ("a dimension that leaves 63 bits", {"shape": [2**63, 4]}, 422),
    ("a product that leaves 64 bits", {"shape": [2**62 + 1, 4]}, 422),
    ("a dimension of 1,000 digits", {"shape": [10**1_000, 4]}, 422),
    ("a dimension as a float", {"shape": [1.0, 4]}, 422),
    ("a dimension as a text", {"shape": ["1", "4"]}, 422),
    ("a dimension as a truth", {"shape": [True, 4]}, 422),
    ("nothing as a dimension", {"shape": [None, 4]}, 422),
    ("a number as the shape", {"shape": 4}, 422),
    ("texts", {"datatype": "BYTES"}, 422),
    ("texts that are some", {"datatype": "BYTES", "data": ["a", "b", "c", "d"]}, 422),
    ("truths", {"datatype": "BOOL", "data": [True] * 4}, 422),
    ("an unknown datatype", {"datatype": "FP128"}, 422),
    ("a datatype in small letters", {"datatype": "fp64"}, 422),
    ("NumPy's name of a datatype", {"datatype": "<f8"}, 422),
    ("a datatype that would be an object", {"datatype": "O"}, 422),
    ("no text as the datatype", {"datatype": 64}, 422),
    ("another name", {"name": "rows"}, 422),
    ("an empty name", {"name": ""}, 422),
    ("no data", {"data": None}, 422),
    ("an object as data", {"data": {"0": 1}}, 422),
    ("ragged rows", {"shape": [2, 4], "data": [[1, 2, 3, 4], [1, 2, 3]]}, 422),
    ("rows and numbers", {"shape": [2, 4], "data": [[1, 2, 3, 4], 1, 2, 3, 4]}, 200),
    ("three levels", {"data": [[[5.1, 3.5, 1.4, 0.2]]]}, 422),
    ("data in base64", {"data": "AAAAAAAAFEA="}, 422),
    ("a number that its datatype lacks", {"datatype": "INT8", "data": [300, 1, 1, 1]}, 422),
    ("a fraction that its datatype lacks", {"datatype": "INT64", "data": [0.5, 1, 1, 1]}, 422),
    ("a negative number that its datatype lacks", {"datatype": "UINT64", "data": [-1, 1, 1, 1]}, 422),
    ("a size without bytes", {"data": None, "parameters": {"binary_data_size": 32}}, 422),
    ("a size and data", {"parameters": {"binary_data_size": 32}}, 422),
    ("shared memory", {"data": None, "parameters": {"shared_memory_region": "x", "shared_memory_byte_size": 32}}, 422),
]

REQUESTS: list[tuple[str, dict[str, Any], int]] = [
    ("no input", {"inputs": []}, 422),
    ("two inputs", {"inputs": [GOOD, GOOD]}, 422),
    ("no inputs at all", {}, 422),
    ("an object as inputs", {"inputs": GOOD}, 422),
    ("an unknown output", {"inputs": [GOOD], "outputs": [{"name": "logits"}]}, 422),
    ("an output that is none", {"inputs": [GOOD], "outputs": ["predict"]}, 422),
    ("more outputs than there are", {"inputs": [GOOD], "outputs": [{"name": "predict"}] * 3}, 422),
    ("one output twice", {"inputs": [GOOD], "outputs": [{"name": "predict"}] * 2}, 200),
    ("a long id", {"id": "x" * 1_001, "inputs": [GOOD]}, 422),
    ("no text as the id", {"id": 7, "inputs": [GOOD]}, 422),
    ("no object as the parameters", {"parameters": [], "inputs": [GOOD]}, 422),
    ("no truth as a parameter", {"parameters": {"row_errors": "yes", "binary_data_output": 1}, "inputs": [GOOD]}, 200),
]


def _binary(**changes: Any) -> dict[str, Any]:
    tensor = {key: value for key, value in GOOD.items() if key != "data"} | {"parameters": {"binary_data_size": 32}}
    return {"inputs": [tensor | changes]}


_ROW = struct.pack("<4d", 5.1, 3.5, 1.4, 0.2)

# What is changed in the JSON, the bytes after it, what the header says of the JSON's length (a number: so much more
# than it has), and the status.
BINARIES: list[tuple[str, dict[str, Any], bytes, int | str | None, int]] = [
    ("as it should be", {}, _ROW, 0, 200),
    ("no header", {}, _ROW, None, 400),
    ("a byte fewer", {}, _ROW[:-1], 0, 422),
    ("a byte more", {}, _ROW + b"\0", 0, 422),
    ("no bytes", {}, b"", 0, 422),
    ("a size that is too small", {"parameters": {"binary_data_size": 24}}, _ROW, 0, 422),
    ("a size that is too large", {"parameters": {"binary_data_size": 40}}, _ROW, 0, 422),
    ("a size that is huge", {"parameters": {"binary_data_size": 2**70}}, _ROW, 0, 422),
    ("a size that is negative", {"parameters": {"binary_data_size": -32}}, _ROW, 0, 422),
    ("a size that is a text", {"parameters": {"binary_data_size": "32"}}, _ROW, 0, 422),
    ("a size that is an object", {"parameters": {"binary_data_size": {}}}, _ROW, 0, 422),
    ("a size that fits and a shape that does not", {"shape": [2, 4]}, _ROW, 0, 422),
    ("a size that fits and a datatype that does not", {"datatype": "FP32"}, _ROW, 0, 422),
    ("bytes that are no whole number of floats", {"parameters": {"binary_data_size": 31}}, _ROW[:-1], 0, 422),
    ("infinity", {}, struct.pack("<4d", float("inf"), 1, 1, 1), 0, 422),
    ("not a number", {}, struct.pack("<4d", float("nan"), 1, 1, 1), 0, 422),
    ("texts", {"datatype": "BYTES"}, b"\1\0\0\0x" * 4, 0, 422),
    ("JSON that ends earlier", {}, _ROW, 4, 400),
    ("JSON that ends later", {}, _ROW, -4, 400),
    ("JSON that ends beyond the body", {}, _ROW, 1_000, 400),
    ("no JSON", {}, _ROW, "0", 400),
    ("a negative length", {}, _ROW, "-1", 400),
    ("a length that is no number", {}, _ROW, "many", 400),
    ("a length that is a float", {}, _ROW, "1e2", 400),
    ("a length in hexadecimal", {}, _ROW, "0x70", 400),
    ("a length of 5,000 digits", {}, _ROW, "9" * 5_000, 400),
    ("an empty length", {}, _ROW, "", 400),
]


def binary_body(changes: dict[str, Any], tail: bytes, length: int | str | None) -> tuple[dict[str, str], bytes]:
    """The headers and the body that a row of `BINARIES` stands for."""
    head = json.dumps(_binary(**changes)).encode()
    said = len(head) + length if isinstance(length, int) else length
    headers = {} if said is None else {"Inference-Header-Content-Length": str(said)}
    return headers | {"Content-Type": "application/octet-stream"}, head + tail
