"""A candidate: models fitted on all rows, and the files and manifest that they would be published as."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import JsonValue
from serving.errors import EngineFailed, ServingError
from serving.store import Card, GoldenRows, Model, Precision, stored_file

from trainer.card_words import intended_use, limits, model_limits
from trainer.comparison import compare
from trainer.errors import CandidateRefused
from trainer.evaluation import Evaluation
from trainer.golden import golden_rows
from trainer.libraries import installed_versions
from trainer.model_card import FILE, Facts, markdown
from trainer.recipe import FOLDS, recipe_digest
from trainer.sample import sample_csv
from trainer.table import Table
from trainer.trainable import Fitted, Rows, Trainable

TOLERANCES: dict[Precision, float] = {"float64": 1e-6, "float32": 1e-4}


@dataclass(frozen=True)
class Candidate:
    """What `ReleaseWriter.publish` takes. `not_compiled` are the models without a file for a faster engine, and why."""

    document: dict[str, JsonValue]
    files: dict[str, bytes]
    not_compiled: dict[str, str]


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
    entries: list[Model] = []
    files: dict[str, bytes] = {}
    probabilities, not_compiled = {}, {}
    for model in models:
        content, loaded = _fit_and_save(model, table, golden)
        probabilities[model.name] = loaded.probabilities(golden)
        contents = {model.file_name: content}
        try:
            contents[model.compiled_name] = loaded.compile()
        except Exception as error:  # noqa: BLE001 - whatever a converter raises, the model is served without its file
            not_compiled[model.name] = _first_line(error)
        files |= {f"{model.name}/{name}": content for name, content in contents.items()}
        entries.append(
            Model(
                name=model.name,
                framework=model.framework,
                files=tuple(stored_file(name, content) for name, content in contents.items()),
                parameters=dict(model.parameters),
                metrics=evaluations[model.name].metrics,
                limits=model_limits(evaluations[model.name].metrics, table.classes),
            )
        )
        on_step(model.name)
    encoded = [[None if np.isnan(value) else value for value in row] for row in golden.tolist()]
    facts = _facts(table, entries, evaluations)
    files[FILE] = markdown(facts).encode()
    card = Card(intended_use=facts.intended_use, limits=facts.limits, file=stored_file(FILE, files[FILE]))
    document: dict[str, JsonValue] = {
        "features": [feature.model_dump(mode="json") for feature in table.features],
        "classes": list(table.classes),
        "data": table.data.model_dump(mode="json"),
        "models": [entry.model_dump(mode="json") for entry in entries],
        "golden": GoldenRows(rows=encoded, probabilities=probabilities, tolerances=TOLERANCES).model_dump(mode="json"),
        "libraries": dict(facts.libraries),
        "recipe_sha256": recipe_digest(models),
        "comparison": facts.comparison.model_dump(mode="json"),
        "card": card.model_dump(mode="json"),
    }
    if with_sample:
        files["sample.csv"] = sample_csv(table, evaluations)
        document["sample"] = stored_file("sample.csv", files["sample.csv"]).model_dump(mode="json")
    return Candidate(document, files, not_compiled)


def _facts(table: Table, models: Sequence[Model], evaluations: Mapping[str, Evaluation]) -> Facts:
    """What the model cards tell."""
    return Facts(
        data=table.data,
        features=table.features,
        classes=table.classes,
        models=models,
        comparison=compare([evaluations[model.name].predicted for model in models], table.labels),
        libraries=installed_versions(),
        intended_use=intended_use(table.data, table.features, table.classes, len(models)),
        limits=limits(table.data, table.features, table.classes, FOLDS),
    )


def _fit_and_save(model: Trainable, table: Table, golden: Rows) -> tuple[bytes, Fitted]:
    """The model's file, and the model as it is loaded from that very file."""
    fitted = model.fit(table.features, table.rows, table.labels)
    content = fitted.save()
    loaded = model.load(content)
    before, after = fitted.probabilities(golden), loaded.probabilities(golden)
    if not np.allclose(after, before, rtol=0, atol=TOLERANCES[model.precision]):
        raise EngineFailed(
            f"{model.name} gives other probabilities once it was saved and loaded: nothing was published"
        )
    return content, loaded


def _first_line(error: Exception) -> str:
    """What was wrong at the root, in a line of a report."""
    root = error.__cause__ or error
    text = root.detail if isinstance(root, ServingError) else f"{type(root).__name__}: {root}"
    return text.partition("\n")[0][:200]
