from gateway.breaker import FAILURES, FIRST_OPEN_S, LONGEST_OPEN_S, PROBE_S, Breaker
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock, draw: float = 0.5) -> Breaker:
    breaker = Breaker(clock, lambda: draw)
    breaker.failed(FAILURES)
    return breaker


def test_it_opens_when_five_rows_failed_in_a_row() -> None:
    breaker = Breaker(Clock())
    for _ in range(3):
        breaker.failed(FAILURES - 1)
        assert breaker.admits()
        breaker.succeeded()
    breaker.failed(FAILURES)
    assert not breaker.admits()


def test_after_its_time_one_question_is_let_through_and_no_other() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = FIRST_OPEN_S * 0.99
    assert not breaker.admits()
    clock.now = FIRST_OPEN_S * 1.01
    assert [breaker.admits() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.admits() for _ in range(3)] == [True, True, True]


def test_each_probe_that_fails_doubles_the_time_up_to_its_longest() -> None:
    clock = Clock()
    breaker, waited = opened(clock), []
    for _ in range(7):
        start = clock.now
        while not breaker.admits():
            clock.now += 0.25
        waited.append(clock.now - start)
        breaker.failed(1)
    assert waited == [1, 2, 4, 8, 16, LONGEST_OPEN_S, LONGEST_OPEN_S]


def test_the_time_varies_by_half() -> None:
    for draw, seconds in ((0.0, 0.5), (1.0, 1.5)):
        clock = Clock()
        breaker = opened(clock, draw)
        clock.now = seconds - 0.01
        assert not breaker.admits()
        clock.now = seconds
        assert breaker.admits()


def test_a_probe_that_nobody_judged_is_followed_by_another() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = FIRST_OPEN_S
    assert breaker.admits()
    clock.now += PROBE_S * 0.99
    assert not breaker.admits()
    clock.now += PROBE_S
    assert breaker.admits()


class BreakerMachine(RuleBasedStateMachine):
    """However successes, failures and time follow each other: it never lets two probes through at once, nor shuts."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.breaker = Breaker(self.clock, lambda: 0.5)
        self.failures_in_a_row = 0
        self.admitted_at = -PROBE_S

    @rule()
    def succeed(self) -> None:
        self.breaker.succeeded()
        self.failures_in_a_row = 0

    @rule(rows=st.integers(1, 10))
    def fail(self, rows: int) -> None:
        self.breaker.failed(rows)
        self.failures_in_a_row += rows

    @rule(seconds=st.floats(0, 60))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @precondition(lambda self: not self.breaker.closed)
    @rule()
    def ask(self) -> None:
        if self.breaker.admits():
            assert self.clock.now - self.admitted_at >= PROBE_S * (1 - 1e-9)
            self.admitted_at = self.clock.now
            assert not self.breaker.admits()

    @invariant()
    def it_is_open_exactly_after_five_failures_in_a_row(self) -> None:
        assert self.breaker.closed is (self.failures_in_a_row < FAILURES)

    def teardown(self) -> None:
        self.clock.now += 2 * LONGEST_OPEN_S
        assert self.breaker.admits()


TestBreaker = BreakerMachine.TestCase
