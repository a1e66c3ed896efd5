"""Whole tables, through nginx."""

import csv
import io
import socket
from collections.abc import Iterator
from http.client import HTTPResponse

import httpx2
import pytest

from tests.flower import FLOWER
from tests.load import Load
from tests.processes import until
from tests.stack import Stack

ROWS = 1_000_000
MIB = 2**20
CSV = {"Content-Type": "text/csv"}


@pytest.fixture(autouse=True)
def whole(stack: Stack) -> None:
    """Each test finds the whole stack answering."""
    until(stack.all_ready, seconds=60, what="all models to be ready")


def flower(number: int) -> tuple[float, float, float, float]:
    """Another one for every number up to some thousands, within the training range."""
    return 4.3 + number % 37 / 10, 2.0 + number % 25 / 10, 1.0 + number % 59 / 10, 0.1 + number % 24 / 10


def table(rows: int) -> bytes:
    lines = ["id,sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)"]
    lines += ["{},{:.1f},{:.1f},{:.1f},{:.1f}".format(number, *flower(number)) for number in range(rows)]
    return "\n".join(lines).encode()


def sent_whole_before_a_byte_is_read(stack: Stack, content: bytes) -> Iterator[dict[str, str]]:
    """The answer's rows."""
    address = httpx2.URL(stack.url)
    with socket.create_connection((address.host, address.port), timeout=120) as connection:
        head = f"POST /predict/csv HTTP/1.1\r\nHost: {address.host}\r\nContent-Type: text/csv\r\n"
        connection.sendall(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        response = HTTPResponse(connection, method="POST")
        response.begin()
        assert response.status == 200, response.read()
        yield from csv.DictReader(io.TextIOWrapper(io.BufferedReader(response), newline=""))


def test_a_million_rows_are_answered_in_order_while_single_predictions_go_on_and_the_gateway_stays_small(
    stack: Stack,
) -> None:
    stack.compose("restart", "gateway")  # so that its largest memory so far is not another test's
    until(stack.all_ready, seconds=60, what="all models to be ready")
    assert stack.client.post("/predict/csv", content=table(2_000), headers=CSV).status_code == 200
    content = table(ROWS)
    before, _ = stack.memory("gateway")
    samples = {}
    with Load(f"{stack.url}/predict", FLOWER) as load:
        for number, row in enumerate(sent_whole_before_a_byte_is_read(stack, content)):
            assert row["id"] == str(number)
            assert (row["agreement"][-2:], row["error"]) == ("/3", "")
            if number % 50_021 == 0:
                samples[number] = row
    assert number == ROWS - 1
    _, most = stack.memory("gateway")
    assert most - before < 50 * MIB
    assert set(load.statuses) == {200}
    for number, row in samples.items():
        answer = stack.predict(**dict(zip(FLOWER, (round(value, 1) for value in flower(number)), strict=True))).json()
        assert row["prediction"] == answer["prediction"]
        assert float(row["probability"]) == pytest.approx(answer["probability"], abs=1e-5)
        assert {name: row[f"prediction:{name}"] for name in answer["models"]} == {
            name: part["prediction"] for name, part in answer["models"].items()
        }


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "chunked"])
def test_a_table_of_64_mebibytes_is_taken_and_a_byte_more_is_refused_in_the_one_error_shape(
    stack: Stack, declared: bool
) -> None:
    def answer(size: int) -> httpx2.Response:
        content = (table(1) + b"\n" + (b"x" * 60_000 + b",1,1,1,1\n") * 1_200)[:size]
        pieces = (content[start : start + MIB] for start in range(0, size, MIB))
        return stack.client.post("/predict/csv", content=content if declared else pieces, headers=CSV, timeout=60)

    assert answer(64 * MIB).status_code == 200
    refused = answer(64 * MIB + 1)
    assert refused.status_code == 413
    assert refused.headers["content-type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail", "request_id", "error"} <= set(refused.json())


def test_a_missing_column_is_named_through_nginx_too(stack: Stack) -> None:
    response = stack.client.post("/predict/csv", content=table(10).replace(b"petal width", b"width"), headers=CSV)
    assert response.status_code == 422
    assert "no column for petal_width (cm)" in response.json()["detail"]
