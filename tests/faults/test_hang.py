"""A model that hangs: what asks it goes on, and a worker that never comes back is replaced."""

import time
from math import inf
from statistics import median

import pytest

from tests.faults.load import members, under_load
from tests.faults.prebuilt import HANGS
from tests.faults.store import prebuilt, switch
from tests.faults.tries import kept_in_one_of_three
from tests.flower import FLOWER
from tests.open_loop import Answered, OpenLoop
from tests.processes import until
from tests.stack import Stack, docker

pytestmark = pytest.mark.long

DEADLINE_S = 1.0
WATCHDOG_S = 30.0  # gunicorn's, on a worker that says nothing
STUCK_S = 10.0  # after which an engine's call is given up
START_S = 10.0
BACK_S = 3.0
MODEL = "neural_network"


@pytest.mark.parametrize("paused_s", [8, 60])
def test_a_hanging_model_cannot_hang_us(stack: Stack, paused_s: int) -> None:
    [container] = stack.containers("model-tf")

    def attempt() -> dict[str, bool]:
        with under_load(stack, per_second=100) as load:
            time.sleep(10)
            paused_at = load.now
            docker("pause", container)
            time.sleep(paused_s)
            docker("unpause", container)
            resumed_at = load.now
            until(lambda: whole(load), seconds=90, what="whole answers")
        answers = sorted(load.answers, key=lambda each: each.at)
        paused = [each for each in answers if paused_at <= each.at < resumed_at]
        left_alone = [each for each in paused if status(each) == "circuit_open"]
        back_s = BACK_S + (START_S if paused_s > WATCHDOG_S else 0.0)
        whole_after = max(each.at for each in answers if status(each) != "ok") - resumed_at
        latest = max(each.seconds for each in answers)
        healthy = median(each.seconds for each in answers if each.at < paused_at)
        ill = median(each.seconds for each in left_alone) if left_alone else inf
        return {
            f"all {len(answers)} answered with 200": all(each.status == 200 for each in answers),
            f"{len(left_alone)} of {len(paused)} partial at once": len(left_alone) > 0.8 * len(paused),
            f"latest answer {latest * 1000:.0f} ms": latest <= DEADLINE_S + 0.1,
            f"p50 with the breaker open {ill / healthy:.2f} of before, 1.3 at most": ill <= 1.3 * healthy,
            f"whole {whole_after:.1f} s after, {back_s:g} s at most": whole_after <= back_s,
        }

    kept_in_one_of_three(attempt)


def status(answer: Answered) -> str:
    return members(answer)[MODEL] if answer.status == 200 else str(answer.status)


def whole(load: OpenLoop) -> bool:
    """Whether the last second's answers were."""
    return all(status(each) == "ok" for each in load.answers[-100:])


def test_a_worker_that_was_stopped_is_replaced(stack: Stack) -> None:
    def attempt() -> dict[str, bool]:
        with under_load(stack) as load:
            stopped_at = load.now
            stack.compose("exec", "model-tf", "sh", "-c", f"kill -STOP {stack.worker('model-tf')}")
            until(lambda: "ok" not in map(status, load.answers[-20:]), seconds=10, what="partial answers")
            until(lambda: "ok" in map(status, load.answers[-20:]), seconds=120, what="the model to be back")
            back_after = load.now - stopped_at
        return {
            f"all {len(load.answers)} answered with 200": all(each.status == 200 for each in load.answers),
            f"back after {back_after:.1f} s, {WATCHDOG_S + START_S:g} at most": back_after <= WATCHDOG_S + START_S,
        }

    kept_in_one_of_three(attempt)


def test_an_engine_that_never_returns_ends_its_worker_and_another_starts(stack: Stack) -> None:
    with prebuilt(stack, "hanging", 1) as [hanging], switch(stack) as make_current:
        make_current(hanging)
        until(lambda: stack.served_release() == hanging, seconds=30, what="the release that can hang")

        def attempt() -> dict[str, bool]:
            with under_load(stack) as load:
                stack.predict(**FLOWER | {"sepal_length": HANGS})
                hung_at = load.now
                until(lambda: "random_forest" in missing(load), seconds=5, what="partial answers")
                until(lambda: not missing(load), seconds=60, what="the models to be back")
                back_after = load.now - hung_at
            return {
                f"all {len(load.answers)} answered with 200": all(each.status == 200 for each in load.answers),
                f"back after {back_after:.1f} s, {STUCK_S + START_S:g} at most": back_after <= STUCK_S + START_S,
            }

        kept_in_one_of_three(attempt)


def missing(load: OpenLoop) -> set[str]:
    """The models that are in none of the last answers."""
    statuses = [members(each) for each in load.answers[-10:]]
    return {name for name in statuses[-1] if all(each[name] != "ok" for each in statuses)}
