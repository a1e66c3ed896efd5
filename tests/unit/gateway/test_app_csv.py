"""`POST /predict/csv`, from the request to the answer."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from gateway.table.table import CHUNK_ROWS
from gateway.table.upload import TABLE_LIMIT
from serving.store import Manifest

pytestmark = pytest.mark.anyio
Start = Callable[..., Awaitable[Any]]
Publish = Callable[..., Manifest]
HEAD = "length,color,wet,age\n"
ROW = "2.0,red,true,\n"


def all_ready(body: dict[str, Any]) -> bool:
    return bool(body["ready"]) and set(body["models"].values()) == {"ready"}


@pytest.fixture
async def system(start: Start, publish: Publish, store_root: Path) -> Any:
    publish(store_root)
    system = await start(straggler_grace_ms=200)
    await system.until(all_ready)
    return system


async def send(system: Any, content: Any, query: str = "", kind: str = "text/csv") -> httpx2.Response:
    response: httpx2.Response = await system.client.post(
        f"/predict/csv{query}", content=content, headers={"Content-Type": kind}
    )
    return response


def rows(response: httpx2.Response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


async def test_every_row_comes_back_in_its_place_with_what_predict_says(system: Any) -> None:
    response = await send(system, "id,Length (cm),wet,age,color\na,2,true,,red\nb,x,true,,red\nc,3,false,1,blue\n")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="predictions.csv"'
    first, bad, last = rows(response)
    answer = (await system.predict(length=2)).json()
    assert response.headers["x-release"] == answer["release"]
    assert list(first) == [
        *("id", "Length (cm)", "wet", "age", "color", "prediction", "probability", "agreement"),
        *("prediction:forest", "prediction:neighbors", "prediction:network", "error"),
    ]
    assert first["prediction"] == last["prediction"] == answer["prediction"]
    assert float(first["probability"]) == pytest.approx(answer["probability"], abs=1e-6)
    assert first["agreement"] == "2/3"
    assert {name: first[f"prediction:{name}"] for name in answer["models"]} == {
        name: part["prediction"] for name, part in answer["models"].items()
    }
    assert [row["id"] for row in (first, bad, last)] == ["a", "b", "c"]
    assert (bad["prediction"], bad["error"]) == ("", "length is not a number")


async def test_a_table_of_many_chunks_keeps_its_order(system: Any) -> None:
    count = 5 * CHUNK_ROWS + 3
    response = await send(system, "id," + HEAD + "".join(f"{number},{ROW}" for number in range(count)))
    assert [row["id"] for row in rows(response)] == [str(number) for number in range(count)]


async def test_a_caller_may_ask_some_models_only(system: Any) -> None:
    [row] = rows(await send(system, HEAD + ROW, "?models=network"))
    assert [name for name in row if name.startswith("prediction:")] == ["prediction:network"]
    assert (row["prediction"], row["agreement"]) == ("dog", "1/1")
    assert (await send(system, HEAD + ROW, "?models=nobody")).status_code == 422


async def test_a_header_alone_is_answered_with_one(system: Any) -> None:
    response = await send(system, HEAD)
    assert response.text.startswith(HEAD.strip() + ",prediction,")
    assert rows(response) == []


async def test_rows_that_all_are_wrong_are_all_told_so(system: Any) -> None:
    assert [row["error"] for row in rows(await send(system, HEAD + "1,red\n" * 3))] == [
        "the row has 2 cells, the header 4"
    ] * 3


@pytest.mark.parametrize("kind", ["text/csv", "text/csv; charset=UTF-8", 'Text/CSV; header=present; charset="utf-8"'])
async def test_the_body_is_declared_as_csv_in_utf8(system: Any, kind: str) -> None:
    assert (await send(system, HEAD + ROW, kind=kind)).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind", "status", "detail"),
    [
        (HEAD, "application/json", 415, "Content-Type: text/csv"),
        (HEAD, "application/x-www-form-urlencoded", 415, "Content-Type: text/csv"),
        (HEAD, "text/csv; charset=latin-1", 415, "UTF-8"),
        ("", "text/csv", 400, "empty"),
        ("length,wet,age\n1,true,\n", "text/csv", 422, "no column for color"),
        ("length,color,wet,age,error\n", "text/csv", 422, "(error)"),
    ],
)
async def test_a_table_that_cannot_be_answered_is_refused_in_the_one_error_shape(
    system: Any, content: str, kind: str, status: int, detail: str
) -> None:
    response = await send(system, content, kind=kind)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert detail in response.json()["detail"]
    assert response.json()["error"] == response.json()["detail"]


async def test_more_than_the_limit_is_refused_although_its_length_is_not_declared(system: Any) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(TABLE_LIMIT // 2**20):
            yield b"x" * 2**20
        yield b"x"

    response = await send(system, endless())
    assert response.status_code == 413
    assert "64 MiB" in response.json()["detail"]


async def test_more_than_the_limit_is_refused_by_its_declared_length(system: Any) -> None:
    headers = {"Content-Type": "text/csv", "Content-Length": str(TABLE_LIMIT + 1)}
    response = await system.client.post("/predict/csv", content=b"", headers=headers)
    assert response.status_code == 413


async def test_with_no_model_left_it_is_a_503_that_tells_each(system: Any) -> None:
    system.network.hosts.clear()
    response = await send(system, HEAD + ROW)
    assert response.status_code == 503
    assert set(response.json()["models"]) == {"forest", "neighbors", "network"}


def refuse(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("refused", request=request) from ConnectionRefusedError(111, "refused")


async def stopped_halfway(system: Any, host: str, count: int) -> httpx2.Response:
    """The answer to a table of `count` rows during which a model service goes away."""
    system.network.delays = {"model-sklearn": 0.01, "model-tf": 0.01}
    begun = len(system.network.requests)
    sending = asyncio.create_task(send(system, HEAD + ROW * count))
    async with asyncio.timeout(10):
        while len(system.network.requests) < begun + 12:
            await asyncio.sleep(0)
    system.network.hosts[host] = httpx2.MockTransport(refuse)
    return await sending


async def test_a_member_that_fails_halfway_is_named_in_the_rows_that_lack_it(system: Any) -> None:
    answered = rows(await stopped_halfway(system, "model-tf", 20 * CHUNK_ROWS))
    assert len(answered) == 20 * CHUNK_ROWS
    assert (answered[0]["agreement"], answered[0]["error"]) == ("2/3", "")
    assert {row["error"] for row in answered} == {
        "",
        "network: unavailable (connection refused)",
        "network: circuit_open (it failed repeatedly and is left alone for a moment)",
    }
    last = answered[-1]
    assert (last["prediction"], last["agreement"], last["prediction:network"]) == ("cat", "2/2", "")


async def test_a_late_member_is_waited_for_and_single_predictions_meanwhile_are_not_held_up(system: Any) -> None:
    system.network.delays["model-tf"] = 0.6  # three times the grace of a single prediction
    sending = asyncio.create_task(send(system, HEAD + ROW * 3 * CHUNK_ROWS))
    await asyncio.sleep(0.1)
    single = (await system.predict()).json()
    assert single["models"]["network"]["status"] == "timeout"
    assert not sending.done()
    answered = rows(await sending)
    assert len(answered) == 3 * CHUNK_ROWS
    assert {(row["agreement"], row["error"]) for row in answered} == {("2/3", "")}


async def test_rows_with_too_few_answers_say_so_and_the_table_goes_on(
    start: Start, publish: Publish, store_root: Path
) -> None:
    publish(store_root)
    system = await start(min_models=3)
    await system.until(all_ready)
    answered = rows(await stopped_halfway(system, "model-tf", 20 * CHUNK_ROWS))
    assert len(answered) == 20 * CHUNK_ROWS
    assert answered[0]["prediction"] == "cat"
    assert (answered[-1]["prediction"], answered[-1]["prediction:forest"]) == ("", "cat")
    assert answered[-1]["error"].startswith("too few models answered; network: ")


async def test_a_table_is_answered_by_the_release_that_it_began_with(
    system: Any, publish: Publish, store_root: Path
) -> None:
    old = (await system.predict()).json()["release"]
    system.network.delays = {"model-sklearn": 0.05, "model-tf": 0.05}
    sending = asyncio.create_task(send(system, HEAD + ROW * 60 * CHUNK_ROWS))
    new = publish(store_root, {"forest": [0.1, 0.9], "neighbors": [0.1, 0.9]}).id
    await system.until(lambda body: body["release"] == new)
    assert not sending.done()
    response = await sending
    assert response.headers["x-release"] == old
    answered = rows(response)
    assert len(answered) == 60 * CHUNK_ROWS
    assert {(row["prediction"], row["agreement"], row["error"]) for row in answered} == {("cat", "2/3", "")}
    assert (await system.predict()).json()["release"] == new


async def test_a_fifth_bulk_request_is_refused_while_four_are_answered_and_taken_afterwards(system: Any) -> None:
    system.network.delays = {"model-sklearn": 0.2, "model-tf": 0.2}
    four = [asyncio.create_task(send(system, HEAD + ROW)) for _ in range(4)]
    await asyncio.sleep(0.05)
    fifth = await send(system, HEAD + ROW)
    assert (fifth.status_code, fifth.headers["retry-after"]) == (503, "1")
    body = {"instances": [{"length": 2, "color": "red", "wet": True, "age": 1}]}
    assert (await system.client.post("/predict/batch", json=body)).status_code == 503
    assert {response.status_code for response in await asyncio.gather(*four)} == {200}
    assert (await send(system, HEAD + ROW)).status_code == 200


async def test_single_predictions_are_answered_meanwhile(system: Any) -> None:
    sending = asyncio.create_task(send(system, HEAD + ROW * 40 * CHUNK_ROWS))
    statuses = []
    while not sending.done():
        statuses.append((await system.predict()).status_code)
    assert len(statuses) > 5
    assert set(statuses) == {200}
    assert len(rows(await sending)) == 40 * CHUNK_ROWS


async def test_the_documents_example_of_a_table_is_answered(system: Any) -> None:
    document = (await system.client.get("/openapi.json")).json()
    [row] = rows(await send(system, document["components"]["schemas"]["Table"]["example"]))
    assert (row["prediction"], row["error"]) == ("cat", "")
