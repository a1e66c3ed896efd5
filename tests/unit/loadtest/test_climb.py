"""Finding the knee, with a system that is a formula."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from loadtest.climb import GROWTH, STEPS, Climb, sizes_up_to
from loadtest.figures import Counts
from loadtest.limits import Limits

SIZES = (10, 20, 40, 80)
LIMITS = Limits(fail_ratio=0.01, p95_ms=100, p99_ms=1_000)
STEP_S = 10


def climbed(
    per_s: Callable[[int], int],
    ms: Callable[[int], int] = lambda users: 10,
    failed: Callable[[int], float] = lambda u: 0,
) -> Climb:
    """To the end, a tick a second: `per_s` answers a second with so many users, after `ms`, a share of them failed."""
    climb = Climb(SIZES, STEP_S, LIMITS)
    requests, failures, latencies = 0, 0.0, dict[int, int]()
    for second in range(1_000):
        users = climb.users(Counts(second, requests, int(failures), dict(latencies)))
        if users is None:
            return climb
        requests += per_s(users)
        failures += per_s(users) * failed(users)
        latencies[ms(users)] = latencies.get(ms(users), 0) + per_s(users)
    raise AssertionError("it does not end")


def test_a_system_that_grows_with_its_users_holds_all_steps_and_has_no_knee() -> None:
    climb = climbed(lambda users: 5 * users)
    assert [step.users for step in climb.steps] == [10, 20, 40, 80]
    assert climb.words().endswith("no knee: all steps held, the last with 80 users, 400.0 requests/s")


def test_the_knee_is_the_last_step_before_requests_no_longer_grow_with_users() -> None:
    climb = climbed(lambda users: min(5 * users, 110))
    assert climb.knee is not None
    assert (climb.knee.users, climb.knee.figures.requests_per_s) == (20, 100)
    assert climb.steps[-1].broke == "2 times the users brought too few requests/s more"
    assert climb.words().endswith("the knee: 20 users, 100.0 requests/s")


def test_the_knee_is_the_last_step_before_it_gets_slow() -> None:
    climb = climbed(lambda users: 5 * users, ms=lambda users: 90 if users <= 40 else 400)
    assert climb.knee is not None
    assert climb.knee.users == 40
    assert climb.steps[-1].broke == "p95 ms 400"


def test_the_knee_is_the_last_step_before_requests_fail() -> None:
    climb = climbed(lambda users: 5 * users, failed=lambda users: 0 if users <= 10 else 0.1)
    assert climb.knee is not None
    assert climb.knee.users == 10
    assert climb.steps[-1].broke == "fail ratio 0.1"


def test_where_not_even_the_first_step_holds_there_is_no_knee() -> None:
    climb = climbed(lambda users: 5 * users, ms=lambda users: 400)
    assert climb.knee is None
    assert climb.words().endswith("no knee: not even the first step held")


def test_a_step_without_an_answer_does_not_hold() -> None:
    assert climbed(lambda users: 0).knee is None


def test_what_comes_before_a_step_has_settled_does_not_count() -> None:
    climb = Climb((10,), STEP_S, LIMITS)
    slow = {900: 50}
    assert climb.users(Counts(0)) == 10
    assert climb.users(Counts(5, 50, 0, slow)) == 10
    assert climb.users(Counts(10, 150, 0, slow | {5: 100})) is None
    assert climb.steps[0].figures.p99_ms == 5
    assert climb.steps[0].figures.requests == 100


@pytest.mark.parametrize("peak", [1, 2, 50, 144, 900])
def test_every_step_has_more_users_than_the_one_before_it_up_to_the_peak(peak: int) -> None:
    sizes = sizes_up_to(peak)
    assert sizes == sorted(set(sizes))
    assert sizes[-1] == peak
    assert len(sizes) <= STEPS
    assert all(after <= max(before + 1, GROWTH * before + 1) for before, after in pairwise(sizes))


def test_a_climb_that_is_broken_off_says_so() -> None:
    climb = Climb(SIZES, STEP_S, LIMITS)
    assert climb.words() == "interrupted in the first step"
    for second in range(STEP_S + 1):
        climb.users(Counts(second, 50 * second, 0, {10: 50 * second}))
    assert climb.words().endswith("interrupted after 1 of 4 steps")


def test_too_few_requests_do_not_tell_whether_more_users_bring_more() -> None:
    assert climbed(lambda users: 2).steps[-1].users == SIZES[-1]
