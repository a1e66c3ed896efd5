"""Whether predictions are what the API promises: complete, of the release that was asked, and probabilities at all."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from loadtest.answers import Answer, Check, OtherRelease, Silent, expect, good, good_status
from loadtest.release import Release

TOLERANCE = 1e-4  # of a sum of probabilities in 32-bit floats


def prediction(warned: Iterable[str] = ()) -> Check:
    """The answer to one row, of which these features, and no others, deserve a warning."""
    expected = frozenset(warned)

    def how(answer: Answer, release: Release) -> Silent:
        told = good(answer)
        _of(release, told["release"])
        expect({warning["feature"] for warning in told["warnings"]} == expected, "warns of other features")
        return _vote(told, release)

    return how


def batch(rows: int) -> Check:
    def how(answer: Answer, release: Release) -> Silent:
        told = good(answer)
        _of(release, told["release"])
        expect(len(told["predictions"]) == rows, "has another number of rows")
        return Silent().union(*(_vote(vote, release) for vote in told["predictions"]))

    return how


def table(rows: int) -> Check:
    """The answer to a table whose first column numbers its rows."""

    def how(answer: Answer, release: Release) -> Silent:
        good_status(answer)
        _of(release, answer.headers["x-release"])
        told = list(csv.DictReader(io.StringIO(answer.text)))
        expect([row["row"] for row in told] == [str(number) for number in range(rows)], "has other rows")
        return Silent().union(*(_table_row(row, release) for row in told))

    return how


def inference(rows: int) -> Check:
    """One model's answer over the Open Inference Protocol."""

    def how(answer: Answer, release: Release) -> Silent:
        told = good(answer)
        _of(release, told["model_version"])
        outputs = {output["name"]: output["data"] for output in told["outputs"]}
        expect(len(outputs["predict"]) == len(outputs["predict_proba"]) == rows, "has another number of rows")
        for label, numbers in zip(outputs["predict"], outputs["predict_proba"], strict=True):
            _probabilities(label, dict(zip(release.classes, numbers, strict=True)), release)
        return Silent()

    return how


def _of(release: Release, named: str) -> None:
    if named != release.id:
        raise OtherRelease("is of another release than /models names")


def _vote(vote: Mapping[str, Any], release: Release) -> Silent:
    _said(vote, release)
    expect(set(vote["models"]) == set(release.models), "has other models than the release")
    silent = Silent(f"{name} {said['status']}" for name, said in vote["models"].items() if said["status"] != "ok")
    for said in vote["models"].values():
        if said["status"] == "ok":
            _said(said, release)
            expect(said.get("version") in (None, release.id), "has a model of another release")
    answered = len(release.models) - len(silent)
    expect(vote["agreement"]["of"] == answered, "miscounts the models that answered")
    expect(vote["partial"] is bool(silent), "does not tell whether it is partial")
    said = [said for said in vote["models"].values() if said["status"] == "ok"]
    votes = sum(each["prediction"] == vote["prediction"] for each in said)
    expect(vote["agreement"]["votes"] == votes, "miscounts the votes")
    for label in release.classes:
        mean = sum(each["probabilities"][label] for each in said) / len(said)
        expect(abs(vote["probabilities"][label] - mean) <= TOLERANCE, "has a vote that is not its models' mean")
    return silent


def _said(said: Mapping[str, Any], release: Release) -> None:
    _probabilities(said["prediction"], said["probabilities"], release)
    expect(said["probability"] == said["probabilities"][said["prediction"]], "has another probability than its class")


def _probabilities(label: str, probabilities: Mapping[str, float], release: Release) -> None:
    expect(tuple(probabilities) == release.classes, "has other classes than the release")
    numbers: Sequence[float] = list(probabilities.values())
    expect(all(0 <= number <= 1 for number in numbers), "has a probability outside of 0 to 1")
    expect(abs(sum(numbers) - 1) <= TOLERANCE, "has probabilities that do not sum to one")
    expect(probabilities[label] == max(numbers), "does not predict the most probable class")


def _table_row(row: Mapping[str, str], release: Release) -> Silent:
    expect(row["prediction"] in release.classes, "has other classes than the release")
    least = 1 / len(release.classes) - TOLERANCE
    expect(least <= float(row["probability"]) <= 1, "has a probability that the most probable class cannot have")
    said = {name: row[f"prediction:{name}"] for name in release.models}
    expect(set(said.values()) <= {*release.classes, ""}, "has other classes than the release")
    answered = [label for label in said.values() if label]
    expect(row["agreement"] == f"{answered.count(row['prediction'])}/{len(answered)}", "miscounts the votes")
    silent = Silent(f"{name} silent" for name, label in said.items() if not label)
    expect(bool(row["error"]) is bool(silent), "does not tell whether it is partial")
    return silent
