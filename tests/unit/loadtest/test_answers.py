"""What came back: refusals, failures, and whatever is no answer at all."""

import json

import pytest

from loadtest.answers import Answer, WrongAnswer, check, file, problem, release_changed, release_named
from tests.loadtest_releases import MODELS, PETS

PROBLEM = {"type": "about:blank", "title": "Invalid input", "status": 422, "detail": "", "error": "", "request_id": "1"}


def answer(told: object, status: int = 200, content_type: str = "application/json") -> Answer:
    return Answer(status, {"content-type": content_type}, told if isinstance(told, str) else json.dumps(told))


def refusal(status: int = 422, **members: object) -> Answer:
    return answer({**PROBLEM, "status": status, **members}, status, "application/problem+json")


def test_the_release_is_read_and_what_names_none_is_wrong() -> None:
    assert release_named(answer(MODELS)) == PETS
    with pytest.raises(WrongAnswer, match="another shape"):
        release_named(answer({"release": "new"}))


def test_a_part_of_the_page_is_there_not_empty_and_of_its_type() -> None:
    assert check(answer("<html>", content_type="text/html; charset=utf-8"), PETS, file("text/html")) == frozenset()
    with pytest.raises(WrongAnswer, match="another type"):
        check(answer("{}"), PETS, file("text/html"))
    with pytest.raises(WrongAnswer, match="is empty"):
        check(answer("", content_type="text/html"), PETS, file("text/html"))


@pytest.mark.parametrize(
    ("unasked", "why"),
    [
        (Answer(0, {}, "ConnectionRefusedError"), r"no answer \(ConnectionRefusedError\)"),
        (answer("<html>", 502, "text/html"), "^502$"),
        (refusal(status=503, title="Overloaded"), "^503 Overloaded$"),
    ],
)
def test_what_is_no_answer_is_told_by_its_status(unasked: Answer, why: str) -> None:
    with pytest.raises(WrongAnswer, match=why):
        check(unasked, PETS, file(""))


def test_a_refusal_of_what_must_be_refused_is_right() -> None:
    assert check(refusal(), PETS, problem(422)) == frozenset()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (answer({}), "200, not 422"),
        (refusal(status=500, title="Internal error"), "500 Internal error, not 422"),
        (answer(PROBLEM, 422), "no problem document"),
        (answer({"detail": "no"}, 422, "application/problem+json"), "no whole problem document"),
    ],
)
def test_any_other_answer_to_it_is_wrong(told: Answer, why: str) -> None:
    with pytest.raises(WrongAnswer, match=why):
        check(told, PETS, problem(422))


def test_a_refusal_is_excused_where_the_release_has_changed_and_not_where_it_names_the_one_that_was_asked() -> None:
    assert check(refusal(release="newer"), PETS, release_changed) == frozenset()
    assert check(refusal(status=404), PETS, release_changed) == frozenset()
    with pytest.raises(WrongAnswer, match="refuses what fits"):
        check(refusal(release="new"), PETS, release_changed)
