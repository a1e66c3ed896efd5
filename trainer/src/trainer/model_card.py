"""A release's model cards as one Markdown document, under the headings of Mitchell et al., Model Cards for Model
Reporting (2019). It holds no row of the table."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from serving.store import Comparison, Data, Feature, Model

FILE = "MODEL_CARD.md"
_SPECIAL = re.compile(r"[\\`*<>\[\]|#~&]|(?<!\w)_|_(?!\w)")


@dataclass(frozen=True)
class Facts:
    """What a card is made of. It names no release: its file's digest is part of the release's name."""

    data: Data
    features: Sequence[Feature]
    classes: Sequence[str]
    models: Sequence[Model]
    comparison: Comparison
    libraries: Mapping[str, str]
    intended_use: tuple[str, ...]
    limits: tuple[str, ...]


def markdown(facts: Facts) -> str:
    """The document. Names are escaped: whatever they hold, they stay text."""
    parts = (
        [f"# Model card: {escaped(facts.data.name)}"],
        ["## Model details", *_details(facts)],
        ["## Intended use", _bullets(facts.intended_use)],
        ["## Factors", *_factors(facts)],
        ["## Metrics", *_metrics(facts)],
        ["## Evaluation data", _evaluation_data(facts)],
        ["## Training data", *_training_data(facts)],
        ["## Quantitative analyses", *_analyses(facts)],
        ["## Limitations and ethical considerations", _bullets(facts.limits)],
    )
    return "\n\n".join(block for part in parts for block in part) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(lambda found: "\\" + found.group(), " ".join(text.split()))


def _details(facts: Facts) -> Iterator[str]:
    yield "Several models of one table, served side by side. Trained with these versions:"
    yield _table(("library", "version"), facts.libraries.items())
    for model in facts.models:
        yield f"### {escaped(model.name)}: parameters"
        yield f"Framework: {model.framework}."
        yield _table(("parameter", "value"), ((key, json.dumps(value)) for key, value in model.parameters.items()))


def _factors(facts: Facts) -> Iterator[str]:
    yield (
        "The figures are told apart by class, in the confusion matrices below. No other group of rows was looked at "
        "on its own."
    )
    yield _table(("class", "rows"), zip(facts.classes, facts.data.class_rows, strict=True))


def _metrics(facts: Facts) -> Iterator[str]:
    yield (
        "Accuracy is the share of rows whose class was predicted, ± its standard deviation over the folds. Log loss is "
        "the mean of −ln of the true class’s probability: 0 is best. Confidence is the mean probability of the class "
        f"that was predicted. Always guessing the most frequent class has accuracy {_guessing(facts.data):.3f}."
    )
    yield _table(
        ("model", "accuracy", "log loss", "confidence"),
        (
            (
                model.name,
                f"{model.metrics.accuracy:.3f} ± {model.metrics.accuracy_std:.3f}",
                f"{model.metrics.log_loss:.3f}",
                "" if model.metrics.confidence is None else f"{model.metrics.confidence:.3f}",
            )
            for model in facts.models
        ),
    )


def _evaluation_data(facts: Facts) -> str:
    return (
        f"The training data itself, by stratified {facts.models[0].metrics.folds}-fold cross-validation: each row was "
        "judged by a model that had not seen it."
    )


def _training_data(facts: Facts) -> Iterator[str]:
    data = facts.data
    yield (
        f"The table “{escaped(data.name)}” of {data.rows:,} rows; its column “{escaped(data.target)}” is predicted. "
        f"SHA-256 of its file: `{data.sha256}`."
    )
    yield _table(
        ("feature", "kind", "unit", "values", "missing"),
        (
            (feature.name, feature.kind, feature.unit or "", _values(feature), str(feature.missing or 0))
            for feature in facts.features
        ),
    )


def _values(feature: Feature) -> str:
    if feature.min is not None and feature.max is not None:
        return f"{feature.min:.6g} to {feature.max:.6g}"
    return f"{len(feature.categories)} categories" if feature.categories else "true or false"


def _analyses(facts: Facts) -> Iterator[str]:
    for model in facts.models:
        yield f"### {escaped(model.name)}: confusion matrix"
        yield "Rows of the table by their true class (down) and the class that was predicted (across)."
        rows = zip(facts.classes, model.metrics.confusion_matrix, strict=True)
        yield _table(("true class", *facts.classes), ((name, *counts) for name, counts in rows))
        yield _bullets(model.limits)
    if len(facts.models) > 1:
        yield from _comparison(facts)


def _comparison(facts: Facts) -> Iterator[str]:
    names = [model.name for model in facts.models]
    for title, matrix in (
        ("rows for which both predict the same class", facts.comparison.same),
        ("rows for which only the model on the left is right", facts.comparison.only),
    ):
        yield f"### Model against model: {title}"
        yield _table(("", *names), ((name, *counts) for name, counts in zip(names, matrix, strict=True)))


def _guessing(data: Data) -> float:
    return max(data.class_rows) / data.rows


def _bullets(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {escaped(sentence)}" for sentence in sentences)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [[escaped(str(cell)) for cell in row] for row in (head, *rows)]
    lines.insert(1, ["---"] * len(head))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
