"""A candidate: models fitted on all rows, and the files and manifest that they would be published as."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import JsonValue
from serving.errors import EngineFailed
from serving.store import GoldenRows, Model, Precision, stored_file

from trainer.errors import CandidateRefused
from trainer.evaluation import Evaluation
from trainer.golden import golden_rows
from trainer.libraries import installed_versions
from trainer.recipe import recipe_digest
from trainer.sample import sample_csv
from trainer.table import Table
from trainer.trainable import Rows, Trainable

TOLERANCES: dict[Precision, float] = {"float64": 1e-6, "float32": 1e-4}


@dataclass(frozen=True)
class Candidate:
    """What `ReleaseWriter.publish` takes."""

    document: dict[str, JsonValue]
    files: dict[str, bytes]


def refuse_unless_good(table: Table, evaluations: Mapping[str, Evaluation], min_accuracy: float | None) -> None:
    """Raises CandidateRefused where a model is no better than guessing, or less accurate than asked for."""
    guessing = table.majority / table.data.rows
    reasons = []
    for name, evaluation in evaluations.items():
        accuracy = evaluation.metrics.accuracy
        if int((evaluation.predicted == table.labels).sum()) <= table.majority:
            reasons.append(
                f"{name} (accuracy {accuracy:.3f}) does not beat always guessing the most frequent class "
                f"({guessing:.3f})"
            )
        elif min_accuracy is not None and accuracy < min_accuracy:
            reasons.append(f"{name} has accuracy {accuracy:.3f}, and {min_accuracy} was asked for")
    if reasons:
        raise CandidateRefused(reasons)


def build(
    models: Sequence[Trainable],
    table: Table,
    evaluations: Mapping[str, Evaluation],
    *,
    with_sample: bool,
    on_step: Callable[[str], None],
) -> Candidate:
    """Fit every model on all rows. `on_step` is called after each, with the model's name.

    Raises EngineFailed where a model is not the same once it was saved and loaded.
    """
    golden = golden_rows(table)
    entries: list[JsonValue] = []
    files, probabilities = {}, {}
    for model in models:
        content, golden_probabilities = _fit_and_save(model, table, golden)
        files[f"{model.name}/{model.file_name}"] = content
        probabilities[model.name] = golden_probabilities
        entries.append(
            Model(
                name=model.name,
                framework=model.framework,
                files=(stored_file(model.file_name, content),),
                parameters=dict(model.parameters),
                metrics=evaluations[model.name].metrics,
            ).model_dump(mode="json")
        )
        on_step(model.name)
    encoded = [[None if np.isnan(value) else value for value in row] for row in golden.tolist()]
    document: dict[str, JsonValue] = {
        "features": [feature.model_dump(mode="json") for feature in table.features],
        "classes": list(table.classes),
        "data": table.data.model_dump(mode="json"),
        "models": entries,
        "golden": GoldenRows(rows=encoded, probabilities=probabilities, tolerances=TOLERANCES).model_dump(mode="json"),
        "libraries": dict(installed_versions()),
        "recipe_sha256": recipe_digest(models),
    }
    if with_sample:
        files["sample.csv"] = sample_csv(table, evaluations)
        document["sample"] = stored_file("sample.csv", files["sample.csv"]).model_dump(mode="json")
    return Candidate(document, files)


def _fit_and_save(model: Trainable, table: Table, golden: Rows) -> tuple[bytes, Rows]:
    """The model's file, and the golden rows' probabilities by the model as it is loaded from that very file."""
    fitted = model.fit(table.features, table.rows, table.labels)
    content = fitted.save()
    probabilities = model.load(content).probabilities(golden)
    if not np.allclose(probabilities, fitted.probabilities(golden), rtol=0, atol=TOLERANCES[model.precision]):
        raise EngineFailed(
            f"{model.name} gives other probabilities once it was saved and loaded: nothing was published"
        )
    return content, probabilities
