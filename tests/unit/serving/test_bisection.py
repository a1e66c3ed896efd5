import asyncio

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from serving.bisection import bisect
from serving.engine import Probabilities, Rows
from serving.errors import EngineFailed

pytestmark = pytest.mark.anyio


class Picky:
    """An engine that raises when a batch holds a negative number, and counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    async def __call__(self, rows: Rows) -> Probabilities:
        self.calls += 1
        if (rows < 0).any():
            raise EngineFailed("a number is negative")
        return np.column_stack([np.ones(len(rows)), np.zeros(len(rows))])


async def test_healthy_rows_cost_one_call() -> None:
    engine = Picky()
    answer, errors = await bisect(engine, np.zeros((100, 1)), 2)
    assert engine.calls == 1
    assert answer.shape == (100, 2)
    assert errors == {}


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_exactly_the_bad_rows_fail(bad: list[bool]) -> None:
    answer, errors = asyncio.run(bisect(Picky(), np.where(bad, -1.0, 1.0)[:, None], 2))
    assert sorted(errors) == [row for row, is_bad in enumerate(bad) if is_bad]
    assert np.isnan(answer[:, 0]).tolist() == bad
    assert all(why == "a number is negative" for why in errors.values())
