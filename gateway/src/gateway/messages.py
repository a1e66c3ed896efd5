"""What the gateway says, as its OpenAPI document describes it."""

from typing import Literal

from pydantic import BaseModel, Field, JsonValue
from serving.problem import ProblemDocument
from serving.store import Comparison, Data, Feature, Metrics

Status = Literal["ok", "error", "timeout", "overloaded", "circuit_open", "unavailable"]


class MemberAnswer(BaseModel):
    """One model's part of an answer. Where `status` is not ok, `error` says why and the rest is absent."""

    status: Status
    error: str | None = None
    prediction: str | None = None
    probability: float | None = Field(None, description="the predicted class's probability")
    probabilities: dict[str, float] | None = Field(None, description="of every class, in the release's order")
    version: str | None = Field(None, description="the release that answered; absent for a server without releases")
    engine: str | None = Field(None, description="what computed it")
    latency_ms: float | None = Field(None, description="from the call to its answer, as the gateway saw it")


class Agreement(BaseModel):
    """How many of the models that answered predict the class that the soft vote predicts."""

    votes: int
    of: int = Field(description="models that answered")
    asked: int


class InputWarning(BaseModel):
    """An input value that no training row came near; the models answer all the same."""

    type: Literal["out_of_range", "unseen_category"]
    feature: str
    value: float | str
    min: float | None = None
    max: float | None = None
    message: str


class Vote(BaseModel):
    """The soft vote: the unweighted mean of the probabilities of the models that answered."""

    prediction: str
    probability: float
    probabilities: dict[str, float]
    agreement: Agreement
    partial: bool = Field(description="true when a model that was asked did not answer")
    models: dict[str, MemberAnswer]
    warnings: list[InputWarning]


class Prediction(Vote):
    """The answer to one object of features."""

    release: str
    request_id: str


class BatchPrediction(BaseModel):
    """The answers to many, in the order of the instances."""

    predictions: list[Vote]
    release: str
    request_id: str


class FeatureColumns(BaseModel):
    """The columns of a table that may hold one feature: exactly one, or the table is refused."""

    feature: str
    columns: list[int] = Field(description="their places, the first column's being 0")


class TableColumns(BaseModel):
    """What a table's header tells: how `POST /predict/csv` would read it, and why it would refuse it."""

    delimiter: Literal[",", ";", "\t"] = Field(description="with semicolons, `5,1` is a number too")
    columns: list[str]
    features: list[FeatureColumns] = Field(description="one for each of the release's features, in their order")
    target: int | None = Field(description="the place of the column that holds the true classes, where there is one")
    problems: list[str] = Field(description="why the table would be refused; empty where it would be answered")
    release: str
    request_id: str


class ModelCard(BaseModel):
    """One model of the release, and whether it answers now."""

    name: str
    framework: str | None = None
    status: Literal["ready", "unavailable"]
    error: str | None = Field(None, description="why it is unavailable")
    version: str | None = None
    engine: str | None = None
    engines_refused: dict[str, str] = Field({}, description="faster engines that its service refused, and why")
    parameters: dict[str, JsonValue] = {}
    metrics: Metrics | None = None
    limits: list[str] = Field([], description="what to know before trusting it, in sentences")


class Models(BaseModel):
    """The release being served: what to ask, what comes back, and who answers."""

    release: str
    created: str
    data: Data
    features: list[Feature]
    classes: list[str]
    models: list[ModelCard]
    sample: bool = Field(description="whether `GET /dataset` has rows of the table")
    libraries: dict[str, str] = Field(description="versions of what trained it")
    comparison: Comparison | None = Field(
        None, description="of the release's own models, which come first in `models`, in their order"
    )
    intended_use: list[str] = Field([], description="what it is good for, in sentences")
    limits: list[str] = Field([], description="what it must not be used for and what is not known, in sentences")


class Dataset(BaseModel):
    """At most 1,000 training rows, column by column: `rows` in the order of `features`, encoded as they are sent."""

    release: str
    features: list[str]
    rows: list[list[float | str | bool | None]]
    labels: list[str]
    predictions: dict[str, list[str]] = Field(description="each model's out-of-fold prediction")


class Readiness(BaseModel):
    """Whether predictions are answered, and by whom."""

    ready: bool
    release: str | None = None
    detail: str | None = Field(None, description="why it is not ready, or why a newer release is not served")
    models: dict[str, Literal["ready", "unavailable"]] = {}
    refused: dict[str, str] = Field({}, description="backends that refused the store's current release, and why")


class Liveness(BaseModel):
    live: bool


class Problem(ProblemDocument):
    """A problem document that may tell of models and release."""

    models: dict[str, MemberAnswer] | None = None
    release: str | None = Field(None, description="the release that the request was held against")
