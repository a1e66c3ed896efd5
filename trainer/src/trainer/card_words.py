"""What the model cards say in sentences, made from a release's facts alone."""

import math
from collections.abc import Sequence
from operator import itemgetter

from serving.store import Data, Feature, Metrics

FEW_ROWS = 30  # of a class: one row more or less moves what is said of it by 3 %
UNEVEN = 1.5  # the largest class over the smallest
APART = 0.02  # between a model's confidence and its accuracy


def intended_use(data: Data, features: Sequence[Feature], classes: Sequence[str], models: int) -> tuple[str, ...]:
    """What the release is good for."""
    table = (
        f"Predict “{data.target}”, one of {len(classes)} classes, from {_counted(len(features), 'feature')}, for rows "
        f"that were chosen and measured as the {data.rows:,} rows of the table “{data.name}” were."
    )
    if models == 1:
        return (table,)
    return table, f"See where {models} models agree and where they differ, as a help to a person who decides."


def limits(data: Data, features: Sequence[Feature], classes: Sequence[str], folds: int) -> tuple[str, ...]:
    """What holds for all models of the release, and what nobody should use it for."""
    sentences = (
        _unknown_inputs(features),
        _missing(data, features),
        _balance(data, classes),
        _smallest(data, classes),
        f"Every figure comes from {folds}-fold cross-validation on this one table. Rows of another origin or of a "
        "later time may be answered worse.",
        "The models that answer were trained on all rows afterwards; they were not themselves measured.",
        "Do not let these answers alone decide about people. Whether the table stands for the people concerned was "
        "not examined, nor whether some groups of them are answered worse than others.",
    )
    return tuple(filter(None, sentences))


def model_limits(metrics: Metrics, classes: Sequence[str]) -> tuple[str, ...]:
    """What to know before trusting one model."""
    sentences = (_uncertainty(metrics), _weakest(metrics, classes), _mistake(metrics, classes), _confidence(metrics))
    return tuple(filter(None, sentences))


def _unknown_inputs(features: Sequence[Feature]) -> str:
    kinds = {feature.kind for feature in features}
    unknown = [
        words
        for kind, words in (
            ("number", "numbers outside the training rows’ ranges"),
            ("category", "categories that no training row has"),
        )
        if kind in kinds
    ]
    if not unknown:
        return ""
    what = " and ".join(unknown)
    return (
        f"{what[0].upper()}{what[1:]} are answered all the same: single predictions and batches carry a warning then, "
        "a table’s rows do not. How often those answers are right is not known."
    )


def _missing(data: Data, features: Sequence[Feature]) -> str:
    lacking = [feature for feature in features if feature.missing]
    if not lacking:
        return "No value was missing in the table, and none may be missing in a request."
    total = sum(feature.missing or 0 for feature in lacking)
    most = max(lacking, key=lambda feature: feature.missing or 0)
    where = (
        f"all of them of “{most.name}”"
        if len(lacking) == 1
        else f"in {len(lacking)} features, most of them ({most.missing:,}) of “{most.name}”"
    )
    share = total / (data.rows * len(features))
    verb = "value is" if total == 1 else "values are"
    return (
        f"{total:,} {verb} missing in the table ({_percent(share)}), {where}. Only these features may be missing in a "
        "request."
    )


def _balance(data: Data, classes: Sequence[str]) -> str:
    most, least = max(data.class_rows), min(data.class_rows)
    guessing = f"always guessing it would be right for {_percent(most / data.rows)} of them"
    largest = f"“{classes[data.class_rows.index(most)]}”"
    if most == least:
        return f"Each class has {most:,} rows: always guessing one would be right for {_percent(most / data.rows)}."
    if most < UNEVEN * least:
        return f"The largest class is {largest} with {most:,} of {data.rows:,} rows: {guessing}."
    return (
        f"The classes are uneven. {largest} has {most:,} of {data.rows:,} rows: {guessing}, and an accuracy says "
        "little about the smaller classes."
    )


def _smallest(data: Data, classes: Sequence[str]) -> str:
    least = min(data.class_rows)
    if least >= FEW_ROWS:
        return ""
    name = classes[data.class_rows.index(least)]
    return f"The smallest class, “{name}”, has {least} rows only: what is said of it rests on little."


def _uncertainty(metrics: Metrics) -> str:
    rows = sum(map(sum, metrics.confusion_matrix))
    low, high = wilson(metrics.accuracy, rows)
    return (
        f"Measured on {rows:,} rows, its accuracy lies between {low:.3f} and {high:.3f} with 95\N{NO-BREAK SPACE}% "
        "confidence, for other rows of the same origin."
    )


def wilson(share: float, rows: int) -> tuple[float, float]:
    """The 95 % score interval of a share of rows (E. B. Wilson, 1927, JASA 22, 209-212)."""
    z = 1.96
    middle = (share + z**2 / (2 * rows)) / (1 + z**2 / rows)
    half = z / (1 + z**2 / rows) * math.sqrt(share * (1 - share) / rows + z**2 / (4 * rows**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _weakest(metrics: Metrics, classes: Sequence[str]) -> str:
    found = [(row[i] / sum(row), i) for i, row in enumerate(metrics.confusion_matrix) if sum(row)]
    share, i = min(found)
    if share == 1:
        return ""
    row = metrics.confusion_matrix[i]
    return f"It is weakest on “{classes[i]}”: it finds {row[i]:,} of {sum(row):,} rows."


def _mistake(metrics: Metrics, classes: Sequence[str]) -> str:
    mistakes = [
        (count, true, said)
        for true, row in enumerate(metrics.confusion_matrix)
        for said, count in enumerate(row)
        if true != said
    ]
    count, true, said = max(mistakes, key=itemgetter(0))
    if count == 0:
        return ""
    return (
        f"Its most frequent mistake is to take “{classes[true]}” for “{classes[said]}”: {count:,} of "
        f"{sum(metrics.confusion_matrix[true]):,} rows."
    )


def _confidence(metrics: Metrics) -> str:
    if metrics.confidence is None:
        return ""
    difference = metrics.confidence - metrics.accuracy
    if abs(difference) < APART:
        verdict = "Its probabilities fit its accuracy on average, though a single one may be far off"
    else:
        verdict = f"Its probabilities promise too {'much' if difference > 0 else 'little'}"
    return (
        f"{verdict}: the class that it predicts has {metrics.confidence:.3f} on average and is right for "
        f"{metrics.accuracy:.3f} of the rows. They were not calibrated."
    )


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"
