"""More load than a member can take, and what a member that fails makes of it."""

import json

import pytest

from tests.faults.load import members, question
from tests.faults.sick_members import ROW_S
from tests.faults.tries import kept_in_one_of_three
from tests.open_loop import Answered, run
from tests.stack import Stack

CAPACITY = 1 / ROW_S  # rows a second
STAGE_S = 6.0
RECOVERY_S = 5.0
REFUSAL_S = 0.05

pytestmark = [
    pytest.mark.parametrize("altered_stack", ["sick-members.yml"], indirect=True, scope="module"),
    pytest.mark.long,
]


def test_goodput_holds_past_saturation(altered_stack: Stack) -> None:
    def attempt() -> dict[str, bool]:
        promises = {}
        for times, least in ((0.5, 0.45), (1, 0.0), (2, 0.9), (4, 0.9), (10, 0.8)):
            answers = asked(altered_stack, times, STAGE_S)
            in_time = [each for each in answers if each.status == 200 and each.at + each.seconds <= STAGE_S]
            share = len(in_time) / STAGE_S / CAPACITY
            refusals = sorted(each.seconds for each in answers if refused(each))
            promises[f"at {times:g} times its capacity goodput is {share:.2f} of it, at least {least}"] = share >= least
            if refusals:
                p99 = refusals[len(refusals) * 99 // 100]
                told = f"p99 of {len(refusals)} refusals {p99 * 1000:.0f} ms, {REFUSAL_S * 1000:.0f} at most"
                promises[f"at {times:g} times its capacity {told}"] = p99 <= REFUSAL_S
        after = asked(altered_stack, 0.5, 2 * RECOVERY_S)
        late = [each for each in after if each.at >= RECOVERY_S and each.status != 200]
        promises[f"{len(late)} failures later than {RECOVERY_S:g} s after the load fell"] = not late
        return promises

    kept_in_one_of_three(attempt)


def asked(stack: Stack, times: float, seconds: float) -> list[Answered]:
    load = question(stack, "?models=slow")
    run(load.at_rate(times * CAPACITY, seconds))
    return load.answers


def refused(answer: Answered) -> bool:
    return answer.status == 503 and members(answer) == {"slow": "overloaded"}


@pytest.mark.parametrize(
    ("member", "share", "reserve"), [("closing", 1.10, 10), ("flaky", 1.10, 10), ("shedding", 1.0, 0)]
)
def test_retries_make_no_storm(altered_stack: Stack, member: str, share: float, reserve: int) -> None:
    before = calls(altered_stack, member)
    load = question(altered_stack, f"?models={member}")
    run(load.at_rate(20, 10))
    attempts = calls(altered_stack, member) - before
    asked = sum(members(each)[member] != "circuit_open" for each in load.answers)
    print(f"{member}: {attempts} attempts for {asked} of {len(load.answers)} requests")
    assert asked > 5
    assert attempts <= share * asked + reserve


def calls(stack: Stack, member: str) -> int:
    """How often it was asked to infer."""
    port = {"closing": 8001, "flaky": 8002, "shedding": 8003}[member]
    told: int = json.loads(stack.told_inside("sick", "/calls", port))["calls"]
    return told
