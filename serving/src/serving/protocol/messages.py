"""An inference request, as the protocol has it in JSON."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, FailFast, Field, JsonValue

Datatype = Literal["FP64", "FP32", "FP16", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64"]
Parameters = Annotated[dict[str, JsonValue], Field(max_length=100)]


class RequestInput(BaseModel):
    """The input tensor, [rows, features]. Its content is in `data`, or after the JSON (`binary_data_size`)."""

    model_config = ConfigDict(strict=True)

    name: Literal["input"]
    shape: Annotated[list[Annotated[int, Field(ge=1)]], Field(min_length=2, max_length=2)]
    datatype: Datatype
    parameters: Parameters = {}
    data: list[JsonValue] | None = None


class RequestOutput(BaseModel):
    """One output that the caller wants."""

    model_config = ConfigDict(strict=True)

    name: Literal["predict", "predict_proba"]
    parameters: Parameters = {}


class InferenceRequest(BaseModel):
    """`parameters.row_errors: true` asks for an answer although some rows make the model fail."""

    model_config = ConfigDict(strict=True)

    id: Annotated[str, Field(max_length=1_000)] | None = None
    parameters: Parameters = {}
    inputs: Annotated[list[RequestInput], Field(min_length=1, max_length=1), FailFast()]
    outputs: Annotated[list[RequestOutput], Field(max_length=2), FailFast()] = []


def request_body() -> dict[str, Any]:
    """An inference request as OpenAPI describes it, without references, which would have to be resolved elsewhere."""
    schema = InferenceRequest.model_json_schema()
    definitions = schema.pop("$defs")

    def inlined(part: Any) -> Any:
        if isinstance(part, list):
            return [inlined(each) for each in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return inlined(definitions[part["$ref"].rpartition("/")[2]])
        return {key: inlined(value) for key, value in part.items()}

    return {"required": True, "content": {"application/json": {"schema": inlined(schema)}}}
