import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving.pace import Pace


def test_nothing_is_expected_of_a_call_as_long_as_none_was_made() -> None:
    assert not Pace().known
    assert Pace().seconds(1000) == 0


@given(base=st.floats(0, 1), slope=st.floats(0, 0.1), rows=st.lists(st.integers(1, 1000), min_size=3, max_size=20))
def test_calls_that_follow_a_line_are_foretold(base: float, slope: float, rows: list[int]) -> None:
    pace = Pace()
    for each in rows:
        pace.learn(each, base + slope * each)
    for each in set(rows):
        assert pace.seconds(each) == pytest.approx(base + slope * each, rel=1e-3, abs=1e-6)


@given(st.lists(st.tuples(st.integers(1, 1000), st.floats(0, 10)), min_size=1, max_size=50), st.integers(0, 10_000))
def test_no_call_is_expected_to_take_less_than_no_time_and_more_rows_never_less_time(
    calls: list[tuple[int, float]], rows: int
) -> None:
    pace = Pace()
    for each, seconds in calls:
        pace.learn(each, seconds)
    assert 0 <= pace.seconds(rows) <= pace.seconds(rows + 1)


def test_a_change_is_learned_within_a_few_calls() -> None:
    pace = Pace()
    for _ in range(100):
        pace.learn(1, 0.001)
    for _ in range(20):
        pace.learn(1, 0.1)
    assert pace.seconds(1) > 0.08


def test_what_small_calls_take_by_chance_says_nothing_of_large_ones() -> None:
    chance, pace = random.Random(7), Pace()
    for _ in range(10):
        pace.learn(512, 0.008)
        for _ in range(200):
            pace.learn(chance.choice([1, 1, 1, 2, 3]), chance.choice([0.001, 0.002, 0.05]))
            assert pace.seconds(513) < 0.1
        assert pace.seconds(1024) < 0.2


def test_a_model_that_has_become_slower_is_known_by_the_next_large_call_that_shows_it() -> None:
    pace = Pace()
    for rows in (10, 50, 20):
        pace.learn(rows, 0.02 * rows)
    for rows in (20, 40, 30):
        pace.learn(rows, 0.04 * rows)
    assert pace.seconds(40) > 1.2
