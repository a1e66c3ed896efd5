"""The manifest: everything that the rest of the system knows about a release."""

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

Framework = Literal["sklearn", "tensorflow"]
FRAMEWORKS: tuple[Framework, ...] = get_args(Framework)
Precision = Literal["float32", "float64"]
PREDICTED = "predicted:"  # before a model's name: the column of sample.csv with its out-of-fold predictions

ReleaseId = Annotated[str, StringConstraints(pattern=r"^\d{8}T\d{9}Z-[0-9a-f]{12}$")]
ModelName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class Feature(_Record):
    """One input column. Statistics are of the training rows; a category or boolean has none."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    kind: Literal["number", "category", "boolean"]
    unit: str | None = None
    categories: tuple[str, ...] = ()
    nullable: bool = False
    min: float | None = None
    max: float | None = None
    mean: float | None = None
    quantiles: tuple[float, ...] = Field(default=(), description="the training rows' deciles, 0 % to 100 %")
    missing: int | None = Field(default=None, description="training rows without a value; null where not counted")
    bin_rows: tuple[int, ...] = Field(
        default=(), description="training rows in each bin of its values (`serving.bins`); empty where not counted"
    )


class Data(_Record):
    """The table that the release was trained on."""

    name: str
    target: str
    rows: int
    sha256: Sha256
    class_rows: tuple[int, ...] = Field(default=(), description="rows of each class, in the order of `classes`")


class StoredFile(_Record):
    name: FileName
    size: Annotated[int, Field(ge=0)]
    sha256: Sha256


class Metrics(_Record):
    """From out-of-fold predictions of a stratified cross-validation; `accuracy_std` is the spread over the folds."""

    accuracy: float
    accuracy_std: float
    log_loss: float
    confusion_matrix: tuple[tuple[int, ...], ...] = Field(description="rows: true class, columns: predicted class")
    folds: int | None = Field(default=None, description="of the cross-validation")
    confidence: float | None = Field(default=None, description="mean probability of the class that it predicted")


class Model(_Record):
    name: ModelName
    framework: Framework
    files: tuple[StoredFile, ...]
    parameters: dict[str, JsonValue] = {}
    metrics: Metrics
    limits: tuple[str, ...] = Field(default=(), description="what to know before trusting this model, in sentences")

    def file(self, name: str) -> StoredFile | None:
        return next((file for file in self.files if file.name == name), None)


class Comparison(_Record):
    """Each model against each other, by the out-of-fold predictions that their metrics come from.

    Both matrices count rows of the table; their rows and columns are the release's models, in its order.
    """

    same: tuple[tuple[int, ...], ...] = Field(description="rows for which both models predict the same class")
    only: tuple[tuple[int, ...], ...] = Field(description="rows for which the row's model is right, the column's wrong")


class Card(_Record):
    """What the model cards say of the release as a whole, in sentences; `file` is the same and more as Markdown."""

    intended_use: tuple[str, ...]
    limits: tuple[str, ...]
    file: StoredFile


class GoldenRows(_Record):
    """Rows with the probabilities that each freshly trained model gave for them.

    `rows` is encoded as engines take it, (rows, features), a missing value as null; `probabilities` maps a model's name
    to (rows, classes); `tolerances` is the largest absolute difference that an engine of that precision may show.
    """

    rows: tuple[tuple[float | None, ...], ...]
    probabilities: dict[ModelName, tuple[tuple[float, ...], ...]]
    tolerances: dict[Precision, float]


class Manifest(_Record):
    id: ReleaseId
    created: datetime
    features: Annotated[tuple[Feature, ...], Field(min_length=1)]
    classes: Annotated[tuple[str, ...], Field(min_length=2)]
    data: Data
    models: Annotated[tuple[Model, ...], Field(min_length=1)]
    golden: GoldenRows
    libraries: dict[str, str] = Field(description="versions of what trained it")
    recipe_sha256: Sha256 = Field(description="digest of all that training depends on besides the table")
    sample: StoredFile | None = None
    comparison: Comparison | None = None
    card: Card | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for names in ([each.name for each in self.features], self.classes, [each.name for each in self.models]):
            if len(set(names)) < len(names):
                raise ValueError("a name stands twice")
        if any(len(row) != len(self.features) for row in self.golden.rows):
            raise ValueError("a golden row has not one value for each feature")
        if set(self.golden.tolerances) != set(get_args(Precision)):
            raise ValueError("a precision has no tolerance")
        if self.data.class_rows and len(self.data.class_rows) != len(self.classes):
            raise ValueError("there is not one count of rows for each class")
        if self.comparison and not all(
            _is_square(matrix, len(self.models)) for matrix in (self.comparison.same, self.comparison.only)
        ):
            raise ValueError("the comparison has not one row and column for each model")
        return self

    def models_of(self, framework: Framework) -> list[Model]:
        return [model for model in self.models if model.framework == framework]


def _is_square(matrix: tuple[tuple[int, ...], ...], size: int) -> bool:
    return [len(row) for row in matrix] == [size] * size


def content_digest(document: dict[str, Any]) -> str:
    """The 12 hexadecimal digits that a release's id ends in: SHA-256 of its manifest without the id, as canonical JSON.

    The manifest holds every file's digest, so this one vouches for the whole release.
    """
    content = {key: value for key, value in document.items() if key != "id"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]
