from gateway.retry_budget import RESERVE, SHARE, RetryBudget
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.booleans(), max_size=500))
def test_retries_are_never_more_than_a_tenth_of_the_calls_and_the_reserve(retried: list[bool]) -> None:
    budget, retries = RetryBudget(), 0
    for calls, wants_one in enumerate(retried, 1):
        budget.earn()
        retries += wants_one and budget.spend()
        assert retries <= calls * SHARE + RESERVE


def test_a_server_that_always_fails_gets_a_tenth_more_calls() -> None:
    budget = RetryBudget()
    retries = 0
    for _ in range(1000):
        budget.earn()
        retries += budget.spend()
    assert 100 <= retries <= 110
