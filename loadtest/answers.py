"""What came back, and whether it is right. A check takes an answer and the release that it is held against.

The words of a WrongAnswer hold no values: Locust counts failures by them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from loadtest.release import Release, release_of

PROBLEM = frozenset({"type", "title", "status", "detail", "request_id", "error"})
UNREADABLE = (KeyError, TypeError, ValueError, IndexError, AttributeError)
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
    except UNREADABLE as error:
        raise WrongAnswer(f"has another shape ({type(error).__name__})") from error


def release_named(answer: Answer) -> Release:
    """By the answer to `GET /models`. Raises WrongAnswer."""
    try:
        return release_of(good(answer))
    except UNREADABLE as error:
        raise WrongAnswer(f"has another shape ({type(error).__name__})") from error


def file(content_type: str) -> Check:
    """A part of the page, or any other answer that is looked at no closer."""

    def how(answer: Answer, release: Release) -> Silent:
        good_status(answer)
        expect(answer.headers["content-type"].startswith(content_type), "is of another type")
        expect(bool(answer.text), "is empty")
        return Silent()

    return how


def problem(status: int) -> Check:
    """A refusal with this status, in the one error shape."""

    def how(answer: Answer, release: Release) -> Silent:
        if answer.status != status:
            raise WrongAnswer(f"{_words(answer)}, not {status}")
        expect(answer.headers["content-type"].startswith("application/problem+json"), "is no problem document")
        told = answer.json()
        expect(told.keys() >= PROBLEM and told["status"] == status, "is no whole problem document")
        return Silent()

    return how


def release_changed(answer: Answer, asked: Release) -> Silent:
    """The refusal of what was asked of a release that is served no more: it names another one, or none."""
    problem(answer.status)(answer, asked)
    expect(answer.json().get("release") != asked.id, "refuses what fits its release")
    return Silent()


def expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise WrongAnswer(otherwise)


def good_status(answer: Answer) -> None:
    if answer.status != 200:
        raise WrongAnswer(_words(answer))


def good(answer: Answer) -> Any:
    """What it says, as JSON."""
    good_status(answer)
    return answer.json()


def _words(answer: Answer) -> str:
    """The status, and the title of its problem document where there is one."""
    if not answer.status:
        return f"no answer ({answer.text})"
    try:
        return f"{answer.status} {answer.json()['title']}"
    except (ValueError, TypeError, KeyError):
        return str(answer.status)
