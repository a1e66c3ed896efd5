"""From probabilities to the bytes of an inference response."""

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from fastapi import Response
from pydantic_core import to_json

from serving.engine import Probabilities
from serving.protocol.repository import Inference, ModelVersion

HEADER_LENGTH = "Inference-Header-Content-Length"


def encode(model: ModelVersion, inference: Inference, outputs: Mapping[str, bool], request_id: str | None) -> Response:
    """The answer with the outputs that were asked for, in binary where `outputs` says so.

    A row that failed is null in JSON; in binary its label is empty and its probabilities are NaN.
    """
    tensors: list[dict[str, object]] = []
    blobs: list[bytes] = []
    for name, binary in outputs.items():
        if name == "predict":
            labels = labels_of(inference.probabilities, model.classes)
            tensor: dict[str, object] = {"name": name, "datatype": "BYTES", "shape": [len(labels)]}
            content: bytes | list[object] = _bytes_tensor(labels) if binary else list(labels)
        else:
            tensor = {"name": name, "datatype": "FP64", "shape": list(inference.probabilities.shape)}
            content = inference.probabilities.astype("<f8").tobytes() if binary else _nested(inference.probabilities)
        if isinstance(content, bytes):
            tensor["parameters"] = {"binary_data_size": len(content)}
            blobs.append(content)
        else:
            tensor["data"] = content
        tensors.append(tensor)
    document: dict[str, object] = {
        "model_name": model.name,
        "model_version": model.version,
        "parameters": {"engine": model.platform},
        "outputs": tensors,
    }
    if request_id is not None:
        document["id"] = request_id
    if inference.row_errors:
        document["parameters"] = {
            "engine": model.platform,
            "row_errors": {str(row): why for row, why in inference.row_errors.items()},
        }
    head = to_json(document)
    if not blobs:
        return Response(head, media_type="application/json")
    return Response(
        b"".join([head, *blobs]), media_type="application/octet-stream", headers={HEADER_LENGTH: str(len(head))}
    )


def labels_of(probabilities: Probabilities, classes: Sequence[str]) -> list[str | None]:
    """The most probable class of each row, the first of equals; None for a row that failed."""
    failed = np.isnan(probabilities[:, 0])
    best = np.where(failed[:, None], 0, probabilities).argmax(axis=1)
    return [None if bad else classes[index] for bad, index in zip(failed, best, strict=True)]


def _bytes_tensor(labels: Sequence[str | None]) -> bytes:
    encoded = [(label or "").encode() for label in labels]
    return b"".join(struct.pack("<I", len(text)) + text for text in encoded)


def _nested(probabilities: Probabilities) -> list[object]:
    return [None if np.isnan(row[0]) else row.tolist() for row in probabilities]
