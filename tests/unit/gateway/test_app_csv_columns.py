"""`POST /predict/csv/columns`: how a table would be read."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from serving.body import SINGLE_LIMIT
from serving.store import Manifest

pytestmark = pytest.mark.anyio
Start = Callable[..., Awaitable[Any]]
Publish = Callable[..., Manifest]
HEAD = "length,color,wet,age\n"


@pytest.fixture
async def system(start: Start, publish: Publish, store_root: Path) -> Any:
    publish(store_root)
    return await start(max_in_flight=1)


async def ask(system: Any, content: Any, query: str = "", kind: str = "text/csv") -> httpx2.Response:
    response: httpx2.Response = await system.client.post(
        f"/predict/csv/columns{query}", content=content, headers={"Content-Type": kind}
    )
    return response


async def told(system: Any, content: Any, query: str = "") -> dict[str, Any]:
    response = await ask(system, content, query)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


async def test_each_feature_has_its_column_and_the_classes_theirs(system: Any) -> None:
    body = await told(system, "Pet;Age;Length (cm);color;wet\r\ncat;1;2,5;red;true\r\n")
    assert (body["delimiter"], body["columns"]) == (";", ["Pet", "Age", "Length (cm)", "color", "wet"])
    assert {each["feature"]: each["columns"] for each in body["features"]} == {
        "length": [2],
        "color": [3],
        "wet": [4],
        "age": [1],
    }
    assert (body["target"], body["problems"]) == (0, [])
    assert set(body) >= {"release", "request_id"}


async def test_a_missing_and_an_ambiguous_column_are_told_in_the_words_of_the_refusal(system: Any) -> None:
    content = "Length,LENGTH,wet,age,error\n"
    body = await told(system, content)
    assert {each["feature"]: each["columns"] for each in body["features"]} == {
        "length": [0, 1],
        "color": [],
        "wet": [2],
        "age": [3],
    }
    assert [problem.partition(":")[0] for problem in body["problems"]] == [
        "the table has no column for color",
        "more than one column may hold a feature, name the one that does as it is (length",
        "the answer appends columns of these names",
    ]
    refused = await system.client.post("/predict/csv", content=content, headers={"Content-Type": "text/csv"})
    assert (refused.status_code, refused.json()["detail"]) == (422, body["problems"][0])


@pytest.mark.parametrize("line", [HEAD, "pet (kind),PET," + HEAD])
async def test_the_classes_have_no_column_where_none_or_several_may_be_it(system: Any, line: str) -> None:
    assert (await told(system, line))["target"] is None


async def test_which_names_the_answer_takes_depends_on_the_models_that_are_asked(system: Any) -> None:
    content = "prediction:forest," + HEAD
    assert (await told(system, content, "?models=network"))["problems"] == []
    assert len((await told(system, content))["problems"]) == 1
    assert (await ask(system, content, "?models=nobody")).status_code == 422


async def test_a_start_that_breaks_off_within_a_row_or_a_letter_is_enough(system: Any) -> None:
    rows = ("é" * 50 + ",2,red,true,1\n").encode() * 2_000
    start = (b"id," + HEAD.encode() + rows)[:SINGLE_LIMIT]
    assert (await told(system, start))["problems"] == []


@pytest.mark.parametrize(
    ("content", "kind", "status", "detail"),
    [
        ("", "text/csv", 400, "empty"),
        (HEAD.encode("utf-16"), "text/csv", 400, "UTF-8"),
        (b'"' + HEAD.encode(), "text/csv", 400, "a quote is opened"),
        (b"x" * SINGLE_LIMIT, "text/csv", 400, "longer than"),
        (b"x" * (SINGLE_LIMIT + 1), "text/csv", 413, "64 KiB"),
        (HEAD, "application/json", 415, "Content-Type: text/csv"),
        (HEAD, "text/csv; charset=latin-1", 415, "UTF-8"),
    ],
)
async def test_what_is_not_the_start_of_a_table_is_refused_in_the_one_error_shape(
    system: Any, content: Any, kind: str, status: int, detail: str
) -> None:
    response = await ask(system, content, kind=kind)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert detail in response.json()["detail"]


async def test_without_a_release_it_is_a_503(start: Start) -> None:
    assert (await ask(await start(), HEAD)).status_code == 503
