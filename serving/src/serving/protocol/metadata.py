"""What the protocol's metadata and configuration routes say of a model."""

from serving.protocol.repository import ModelVersion
from serving.protocol.request import INPUT_NAME


def metadata(model: ModelVersion, versions: list[str]) -> dict[str, object]:
    return {
        "name": model.name,
        "versions": versions,
        "platform": model.platform,
        "inputs": [
            {
                "name": INPUT_NAME,
                "datatype": "FP64",
                "shape": [-1, len(model.features)],
                "parameters": {"features": [feature.model_dump(exclude_none=True) for feature in model.features]},
            }
        ],
        "outputs": [
            {"name": "predict", "datatype": "BYTES", "shape": [-1], "parameters": {"classes": model.classes}},
            {"name": "predict_proba", "datatype": "FP64", "shape": [-1, len(model.classes)]},
        ],
    }


def config(model: ModelVersion, max_batch_size: int) -> dict[str, object]:
    """Source: Triton's model configuration extension; `dims` leave out the rows, since it batches."""
    return {
        "name": model.name,
        "platform": model.platform,
        "backend": model.platform,
        "max_batch_size": max_batch_size,
        "input": [{"name": INPUT_NAME, "data_type": "TYPE_FP64", "dims": [len(model.features)]}],
        "output": [
            {"name": "predict", "data_type": "TYPE_STRING", "dims": [1]},
            {"name": "predict_proba", "data_type": "TYPE_FP64", "dims": [len(model.classes)]},
        ],
    }
