"""An inference request, as the protocol has it in JSON."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue


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
    inputs: list[RequestInput]
    outputs: list[RequestOutput] | None = None
