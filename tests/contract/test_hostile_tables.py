"""Tables that are none: refused in the one shape, or answered with what is wrong in the row where it is."""

import csv
import io

import httpx2
import pytest
from serving.body import SINGLE_LIMIT

from tests.hostile.problem import problem_of
from tests.hostile.tables import ANSWERED, REFUSED

pytestmark = pytest.mark.usefixtures("unharmed")


def sent(clients: dict[str, httpx2.Client], table: bytes, path: str = "/predict/csv") -> httpx2.Response:
    return clients["gateway"].post(path, content=table, headers={"Content-Type": "text/csv"})


@pytest.mark.parametrize(("table", "status"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_table_that_cannot_be_answered(clients: dict[str, httpx2.Client], table: bytes, status: int) -> None:
    response = sent(clients, table)
    assert response.status_code == status, response.text[:500]
    problem_of(response)


@pytest.mark.parametrize(("table", "status"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_its_columns_alone_are_refused_likewise_or_its_problem_is_told(
    clients: dict[str, httpx2.Client], table: bytes, status: int
) -> None:
    response = sent(clients, table[:SINGLE_LIMIT], "/predict/csv/columns")
    if status == 422:
        assert response.status_code == 200, response.text[:500]
        assert response.json()["problems"]
    else:
        assert response.status_code == status, response.text[:500]
        problem_of(response)


@pytest.mark.parametrize(("table", "error"), [row[1:] for row in ANSWERED], ids=[row[0] for row in ANSWERED])
def test_a_row_that_does_not_fit_says_why(clients: dict[str, httpx2.Client], table: bytes, error: str) -> None:
    response = sent(clients, table)
    assert response.status_code == 200, response.text[:500]
    *_, last = csv.DictReader(io.StringIO(response.text, newline=""))
    assert last["error"] == error
    assert bool(last["prediction"]) is not bool(error)
