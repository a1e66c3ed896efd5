"""JSON that is not what it should be: refused in the one shape, never repeated, and nothing is harmed by it."""

from collections.abc import Callable

import httpx2
import pytest

from tests.hostile.bodies import BATCH_ROWS, BODIES, BOMB, LARGE, LIMITS, NUMBERS, SECRET, TYPES, VALID, padded
from tests.hostile.problem import problem_of

pytestmark = pytest.mark.usefixtures("unharmed")
JSON = {"Content-Type": "application/json"}
Clients = dict[str, httpx2.Client]


def check(response: httpx2.Response, status: int) -> None:
    assert response.status_code == status, response.text[:500]
    if status != 200:
        problem_of(response)
        assert SECRET not in response.content


@pytest.mark.parametrize("path", VALID)
@pytest.mark.parametrize(("number", "status"), [row[1:] for row in NUMBERS], ids=[row[0] for row in NUMBERS])
def test_something_stands_in_the_place_of_a_number(clients: Clients, path: str, number: bytes, status: int) -> None:
    check(clients["gateway"].post(path, content=VALID[path].replace(b"5.1", number), headers=JSON), status)


@pytest.mark.parametrize("path", VALID)
@pytest.mark.parametrize(("made", "status"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_something_stands_in_the_place_of_the_body(
    clients: Clients, path: str, made: Callable[[bytes], bytes], status: int
) -> None:
    check(clients["gateway"].post(path, content=made(VALID[path]), headers=JSON), status)


@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "chunked"])
@pytest.mark.parametrize(("path", "limit"), LIMITS.items())
def test_a_body_of_the_limit_is_taken_and_a_byte_more_is_too_large(
    clients: Clients, path: str, limit: int, chunked: bool
) -> None:
    def sent(size: int) -> httpx2.Response:
        body = padded(VALID[path], size)
        parts = (body[start : start + 50_000] for start in range(0, size, 50_000))
        return clients["gateway"].post(path, content=parts if chunked else body, headers=JSON)

    check(sent(limit), 200)
    check(sent(limit + 1), 413)


@pytest.mark.parametrize("path", [path for path, limit in LIMITS.items() if limit > 2**20])
@pytest.mark.parametrize(("number", "status"), [row[1:] for row in LARGE], ids=[row[0] for row in LARGE])
def test_something_large_stands_in_the_place_of_a_number(
    clients: Clients, path: str, number: bytes, status: int
) -> None:
    check(clients["gateway"].post(path, content=VALID[path].replace(b"5.1", number, 1), headers=JSON), status)


@pytest.mark.parametrize(("rows", "status"), [(10_000, 200), (10_001, 422), (0, 422)])
@pytest.mark.parametrize("path", BATCH_ROWS)
def test_ten_thousand_rows_are_taken_and_one_more_is_not(clients: Clients, path: str, rows: int, status: int) -> None:
    check(clients["gateway"].post(path, content=BATCH_ROWS[path](rows), headers=JSON), status)


@pytest.mark.parametrize("path", ["/predict", "/predict/batch", "/predict/csv", "/predict/csv/columns"])
@pytest.mark.parametrize("declared", TYPES)
def test_another_content_type_is_not_taken(clients: Clients, path: str, declared: str) -> None:
    check(clients["gateway"].post(path, content=VALID["/predict"], headers={"Content-Type": declared}), 415)


@pytest.mark.parametrize("path", [*VALID, "/predict/csv", "/predict/csv/columns"])
@pytest.mark.parametrize(
    "encoding", ["gzip", "GZIP", "x-gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, gzip"]
)
def test_a_bomb_is_not_inflated(clients: Clients, path: str, encoding: str) -> None:
    declared = {"Content-Type": "text/csv" if "/csv" in path else "application/json"}
    check(clients["gateway"].post(path, content=BOMB, headers=declared | {"Content-Encoding": encoding}), 415)
