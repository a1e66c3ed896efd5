"""A service that dies, runs out of memory, or comes before those it needs."""

import time

import pytest

from tests.faults.load import answered, members
from tests.processes import until
from tests.stack import Stack, described, docker, healthy

SERVICES = ("model-sklearn", "model-tf", "gateway", "frontend")
ORDERS = [
    ("model-sklearn", "model-tf", "gateway", "frontend"),
    ("model-tf", "gateway", "model-sklearn", "frontend"),
    ("model-sklearn", "frontend", "gateway", "model-tf"),
    ("gateway", "model-tf", "frontend", "model-sklearn"),
    ("frontend", "model-sklearn", "model-tf", "gateway"),
    ("frontend", "gateway", "model-tf", "model-sklearn"),
]
# The kernel kills the one with the highest score first: the worker, and then what has eaten the memory.
EAT = """
open('/proc/{worker}/oom_score_adj', 'w').write('1000')
eaten = []
while True:
    eaten.append(b'x' * 2**24)
"""


@pytest.mark.parametrize("service", ["model-sklearn", "model-tf"])
def test_a_dead_model_service_is_a_partial_answer(stack: Stack, service: str) -> None:
    [container] = stack.containers(service)
    with answered(stack) as load:
        docker("kill", container)
        time.sleep(5)
        docker("start", container)
        until(stack.all_ready, seconds=60, what="all models to be back")
    partial = [each for each in load.answers if set(members(each).values()) != {"ok"}]
    print(f"{len(partial)} of {len(load.answers)} partial")
    assert partial


def test_an_out_of_memory_stays_where_it_is(stack: Stack) -> None:
    others = {service: state(stack, service) for service in SERVICES if service != "model-tf"}
    worker = stack.worker("model-tf")
    with answered(stack) as load:
        stack.compose("exec", "model-tf", "python", "-c", EAT.format(worker=worker), check=False)
        until(lambda: alive(stack, worker), seconds=60, what="another worker")
        until(stack.all_ready, seconds=60, what="all models to be back")
    partial = [each for each in load.answers if members(each)["neural_network"] != "ok"]
    print(f"{len(partial)} of {len(load.answers)} partial")
    assert partial
    assert all(members(each)["random_forest"] == "ok" for each in load.answers)
    assert {service: state(stack, service) for service in others} == others


def alive(stack: Stack, former: int) -> bool:
    """Whether the service has a worker, and it is another."""
    try:
        return stack.worker("model-tf") != former
    except (AssertionError, ValueError):
        return False


def state(stack: Stack, service: str) -> tuple[str, int, int]:
    """Since when a service's container runs, how often Docker restarted it, and its worker."""
    description = stack.inspect(service)
    worker = 0 if service == "frontend" else stack.worker(service)
    return description["State"]["StartedAt"], description["RestartCount"], worker


@pytest.mark.long
@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_any_start_order_works(stack: Stack, order: tuple[str, ...]) -> None:
    containers = {service: stack.containers(service)[0] for service in SERVICES}
    docker("kill", *containers.values())
    for service in order:
        docker("start", containers[service])
        time.sleep(1)  # the later ones are not there yet, and the earlier ones notice
    until(lambda: all(map(healthy, containers.values())), seconds=60, what="all to be healthy")
    until(lambda: stack.predict().status_code == 422, seconds=5, what="an answer through nginx")
    until(stack.all_ready, seconds=30, what="all models to be ready")
    assert {described(each)["RestartCount"] for each in containers.values()} == {0}
