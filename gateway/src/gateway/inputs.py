"""One release's inputs: validating them, encoding them for engines, and telling what is unusual about them."""

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import ConfigDict, FailFast, Field, JsonValue, TypeAdapter, ValidationError
from serving.body import BULK_ROWS
from serving.engine import LARGEST, Rows
from serving.errors import FieldError, InvalidInput, MalformedBody
from serving.problem import field_errors
from serving.store import Feature, Manifest
from typing_extensions import TypedDict

T = TypeVar("T")
Value = float | str | bool | None
Instance = Mapping[str, Value]
_NAMES_TO_LIST = 10_000  # that a body has too many: refusing each by its name takes 0.6 µs
_TYPES: dict[str, Any] = {"number": Annotated[float, Field(ge=-LARGEST, le=LARGEST)], "category": str, "boolean": bool}


class Inputs:
    """Validation happens on the raw bytes, once per request, by a schema that is built once per release."""

    def __init__(self, manifest: Manifest) -> None:
        self._release = manifest.id
        self._features = manifest.features
        self._categories = [
            {category: index for index, category in enumerate(feature.categories)} for feature in manifest.features
        ]
        instance, batch = _types(manifest.features, "forbid")
        _, known = _types(manifest.features, "ignore")
        self._instance: TypeAdapter[Instance] = TypeAdapter(instance)
        self._batch: TypeAdapter[Mapping[str, list[Instance]]] = TypeAdapter(batch)
        self._known: TypeAdapter[Mapping[str, list[Instance]]] = TypeAdapter(known)

    def instance(self, body: bytes) -> Instance:
        """One object of features. Raises MalformedBody or InvalidInput."""
        return self._validated(self._instance, body)

    def instances(self, body: bytes) -> list[Instance]:
        """`{"instances": […]}`, each an object of features. Raises MalformedBody or InvalidInput."""
        if body.count(b'"') > 2 * _NAMES_TO_LIST:  # to list all that there are not would stop everything else for long
            known = self._validated(self._known, body)["instances"]
            quoted = len(self._features) + sum(feature.kind == "category" for feature in self._features)  # in a row
            if body.count(b'"') - body.count(b'\\"') > 2 * (len(known) * quoted + _NAMES_TO_LIST):
                raise self._refusal([])
        return self._validated(self._batch, body)["instances"]

    def rows(self, instances: Sequence[Instance]) -> Rows:
        """The array that engines take: (instances, features)."""
        return np.array([self._encoded(instance) for instance in instances], dtype=np.float64)

    def warnings(self, instance: Instance) -> list[dict[str, JsonValue]]:
        """An `InputWarning` for each value outside the training rows' range, and each category that they never had."""
        found: list[dict[str, JsonValue]] = []
        for feature in self._features:
            value = instance[feature.name]
            if isinstance(value, str) and value not in feature.categories:
                found.append(_unseen_category(feature, value))
            elif isinstance(value, float) and _outside(feature, value):
                found.append(_out_of_range(feature, value))
        return found

    def schema(self) -> dict[str, JsonValue]:
        """The JSON schema of one instance, with the training means as its example."""
        schema: dict[str, JsonValue] = self._instance.json_schema()
        properties: Any = schema["properties"]
        for feature in self._features:
            properties[feature.name] |= {"description": _description(feature)}
        return schema | {"example": {feature.name: _typical(feature) for feature in self._features}}

    def _encoded(self, instance: Instance) -> list[float]:
        row = []
        for feature, categories in zip(self._features, self._categories, strict=True):
            value = instance[feature.name]
            if value is None:
                row.append(np.nan)
            elif isinstance(value, str):
                row.append(float(categories.get(value, -1)))
            else:
                row.append(float(value))
        return row

    def _validated(self, adapter: TypeAdapter[T], body: bytes) -> T:
        try:
            return adapter.validate_json(body)
        except ValidationError as error:
            errors = field_errors(error)
            if errors and errors[0]["type"] == "json_invalid":
                raise MalformedBody("the body is not JSON") from error
            raise self._refusal(errors) from error

    def _refusal(self, errors: Sequence[FieldError]) -> InvalidInput:
        detail = f"the body does not fit release {self._release}: GET /models names its features"
        return InvalidInput(detail, errors, release=self._release)


def _types(features: Sequence[Feature], extra: Literal["forbid", "ignore"]) -> tuple[Any, Any]:
    """The types of an instance and of a batch; `extra` is what becomes of names that there are not."""
    instance = _typed_dict("Instance", {feature.name: _type(feature) for feature in features}, extra)
    instances = Annotated[list[instance], Field(min_length=1, max_length=BULK_ROWS), FailFast()]  # type: ignore[valid-type]
    return instance, _typed_dict("Batch", {"instances": instances}, extra)


def _typed_dict(name: str, fields: dict[str, Any], extra: Literal["forbid", "ignore"]) -> Any:
    """Unlike a model's, a typed dictionary's fields may have any name that a table's column may have."""
    make: Any = TypedDict  # mypy knows only the literal form
    made = make(name, fields)
    made.__pydantic_config__ = ConfigDict(strict=True, extra=extra, allow_inf_nan=False)
    return made


def _type(feature: Feature) -> Any:
    kind = _TYPES[feature.kind]
    return kind | None if feature.nullable else kind


def _outside(feature: Feature, value: float) -> bool:
    return feature.min is not None and feature.max is not None and not feature.min <= value <= feature.max


def _unseen_category(feature: Feature, value: str) -> dict[str, JsonValue]:
    message = f"{feature.name} is none of the {len(feature.categories)} categories of the training rows"
    return {"type": "unseen_category", "feature": feature.name, "value": value, "message": message}


def _out_of_range(feature: Feature, value: float) -> dict[str, JsonValue]:
    unit = f" {feature.unit}" if feature.unit else ""
    return {
        "type": "out_of_range",
        "feature": feature.name,
        "value": value,
        "min": feature.min,
        "max": feature.max,
        "message": f"{feature.name} is outside the training range, {feature.min:g} to {feature.max:g}{unit}",
    }


def _typical(feature: Feature) -> Value:
    if feature.kind == "category":
        return feature.categories[0]
    if feature.kind == "boolean":
        return False
    if feature.mean is None or feature.min is None or feature.max is None:
        return None
    # Three significant digits, and more where a hundredth of the range needs them.
    scales = (abs(feature.mean), feature.max - feature.min)
    return round(feature.mean, max((2 - math.floor(math.log10(scale)) for scale in scales if scale > 0), default=0))


def _description(feature: Feature) -> str:
    if feature.kind == "number":
        unit = f" {feature.unit}" if feature.unit else ""
        return f"training range {feature.min:g} to {feature.max:g}{unit}"
    if feature.kind == "category":
        return "one of " + ", ".join(feature.categories[:20])
    return "true or false"
