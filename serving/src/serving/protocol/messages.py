"""An inference request, as the protocol has it in JSON."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field, JsonValue


class RequestInput(BaseModel):
    """One input tensor. Its content is in `data`, flat or nested, or after the JSON (`binary_data_size`)."""

    model_config = ConfigDict(strict=True)

    name: str
    shape: Annotated[list[Annotated[int, Field(ge=0)]], Field(max_length=8)]
    datatype: str
    parameters: dict[str, JsonValue] = {}
    data: list[JsonValue] | None = None


class RequestOutput(BaseModel):
    """One output that the caller wants."""

    model_config = ConfigDict(strict=True)

    name: str
    parameters: dict[str, JsonValue] = {}


class InferenceRequest(BaseModel):
    """`parameters.row_errors: true` asks for an answer although some rows make the model fail."""

    model_config = ConfigDict(strict=True)

    id: str | None = None
    parameters: dict[str, JsonValue] = {}
    inputs: Annotated[list[RequestInput], Field(max_length=1), FailFast()]
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
