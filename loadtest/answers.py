"""Whether an answer is right. A check takes an answer and the release it is held against, and gives who was silent.

The words of a WrongAnswer hold no values: Locust counts failures by them.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loadtest.release import Release

TOLERANCE = 1e-4  # of a sum of probabilities in 32-bit floats
PROBLEM = frozenset({"type", "title", "status", "detail", "request_id", "error"})
Silent = frozenset[str]
"""`model status` of each model that did not answer; an answer without them is partial, not wrong."""


class WrongAnswer(Exception):
    """Not what the API promises."""


class OtherRelease(WrongAnswer):
    """It is of another release than the one that it is held against."""


@dataclass(frozen=True)
class Answer:
    """`status` is 0 where none came. Headers' names are in small letters."""

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


Check = Callable[[Answer, Release], Silent]


def check(answer: Answer, release: Release, how: Check) -> Silent:
    """As `how`, where an answer of another shape than it reads is wrong too."""
    try:
        return how(answer, release)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, StopIteration) as error:
        raise WrongAnswer(f"has another shape ({type(error).__name__})") from error


def prediction(warned: Iterable[str] = ()) -> Check:
    """The answer to one row, of which these features, and no others, deserve a warning."""
    expected = frozenset(warned)

    def how(answer: Answer, release: Release) -> Silent:
        told = _good(answer)
        _of(release, told["release"])
        _expect({warning["feature"] for warning in told["warnings"]} == expected, "warns of other features")
        return _vote(told, release)

    return how


def batch(rows: int) -> Check:
    def how(answer: Answer, release: Release) -> Silent:
        told = _good(answer)
        _of(release, told["release"])
        _expect(len(told["predictions"]) == rows, "has another number of rows")
        return Silent().union(*(_vote(vote, release) for vote in told["predictions"]))

    return how


def table(rows: int) -> Check:
    """The answer to a table whose first column numbers its rows."""

    def how(answer: Answer, release: Release) -> Silent:
        _good_status(answer)
        _of(release, answer.headers["x-release"])
        told = list(csv.DictReader(io.StringIO(answer.text)))
        _expect([row["row"] for row in told] == [str(number) for number in range(rows)], "has other rows")
        return Silent().union(*(_table_row(row, release) for row in told))

    return how


def inference(rows: int) -> Check:
    """One model's answer over the Open Inference Protocol."""

    def how(answer: Answer, release: Release) -> Silent:
        told = _good(answer)
        _of(release, told["model_version"])
        outputs = {output["name"]: output["data"] for output in told["outputs"]}
        _expect(len(outputs["predict"]) == len(outputs["predict_proba"]) == rows, "has another number of rows")
        for label, numbers in zip(outputs["predict"], outputs["predict_proba"], strict=True):
            _probabilities(label, dict(zip(release.classes, numbers, strict=True)), release)
        return Silent()

    return how


def problem(status: int) -> Check:
    """A refusal with this status, in the one error shape."""

    def how(answer: Answer, release: Release) -> Silent:
        if answer.status != status:
            raise WrongAnswer(f"{_words(answer)}, not {status}")
        _expect(answer.headers["content-type"].startswith("application/problem+json"), "is no problem document")
        told = answer.json()
        _expect(told.keys() >= PROBLEM and told["status"] == status, "is no whole problem document")
        return Silent()

    return how


def release_changed(answer: Answer, asked: Release) -> Silent:
    """The refusal of what was asked of a release that is served no more: it names another one, or none."""
    problem(answer.status)(answer, asked)
    _expect(answer.json().get("release") != asked.id, "refuses what fits its release")
    return Silent()


def _good_status(answer: Answer) -> None:
    if answer.status != 200:
        raise WrongAnswer(_words(answer))


def _good(answer: Answer) -> Any:
    _good_status(answer)
    return answer.json()


def _words(answer: Answer) -> str:
    """The status, and the title of its problem document where there is one."""
    if not answer.status:
        return f"no answer ({answer.text})"
    try:
        return f"{answer.status} {answer.json()['title']}"
    except (ValueError, TypeError, KeyError):
        return str(answer.status)


def _of(release: Release, named: str) -> None:
    if named != release.id:
        raise OtherRelease("is of another release than /models names")


def _vote(vote: Mapping[str, Any], release: Release) -> Silent:
    _said(vote, release)
    _expect(set(vote["models"]) == set(release.models), "has other models than the release")
    silent = Silent(f"{name} {said['status']}" for name, said in vote["models"].items() if said["status"] != "ok")
    for said in vote["models"].values():
        if said["status"] == "ok":
            _said(said, release)
            _expect(said.get("version") in (None, release.id), "has a model of another release")
    answered = len(release.models) - len(silent)
    _expect(vote["agreement"]["of"] == answered, "miscounts the models that answered")
    _expect(vote["partial"] is bool(silent), "does not tell whether it is partial")
    return silent


def _said(said: Mapping[str, Any], release: Release) -> None:
    _probabilities(said["prediction"], said["probabilities"], release)
    _expect(said["probability"] == said["probabilities"][said["prediction"]], "has another probability than its class")


def _probabilities(label: str, probabilities: Mapping[str, float], release: Release) -> None:
    _expect(tuple(probabilities) == release.classes, "has other classes than the release")
    numbers: Sequence[float] = list(probabilities.values())
    _expect(all(0 <= number <= 1 for number in numbers), "has a probability outside of 0 to 1")
    _expect(abs(sum(numbers) - 1) <= TOLERANCE, "has probabilities that do not sum to one")
    _expect(probabilities[label] == max(numbers), "does not predict the most probable class")


def _table_row(row: Mapping[str, str], release: Release) -> Silent:
    _expect(row["prediction"] in release.classes, "has other classes than the release")
    _expect(0 < float(row["probability"]) <= 1, "has a probability outside of 0 to 1")
    said = {name: row[f"prediction:{name}"] for name in release.models}
    _expect(set(said.values()) <= {*release.classes, ""}, "has other classes than the release")
    answered = [label for label in said.values() if label]
    _expect(row["agreement"] == f"{answered.count(row['prediction'])}/{len(answered)}", "miscounts the votes")
    silent = Silent(f"{name} silent" for name, label in said.items() if not label)
    _expect(bool(row["error"]) is bool(silent), "does not tell whether it is partial")
    return silent


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise WrongAnswer(otherwise)
