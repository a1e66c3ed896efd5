"""No request fails while parts of the system are restarted or scaled."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.load import answered
from tests.flower import FLOWER
from tests.processes import until
from tests.stack import Stack


@pytest.mark.long
@pytest.mark.parametrize("service", ["model-sklearn", "model-tf"])
def test_a_model_service_is_restarted(stack: Stack, service: str) -> None:
    with answered(stack):
        stack.restart(*stack.containers(service))
        until(stack.all_ready, seconds=60, what="all models to be back")


@pytest.mark.long
@pytest.mark.parametrize("service", ["model-sklearn", "model-tf"])
def test_a_model_services_container_is_replaced(stack: Stack, service: str) -> None:
    with answered(stack):
        stack.up("--no-deps", "--force-recreate", service)
        until(stack.all_ready, seconds=60, what="all models to be back")


@pytest.mark.long
def test_one_gateway_of_two_is_restarted_and_then_the_other(stack: Stack) -> None:
    stack.scale("gateway", 2)
    try:
        with answered(stack):
            for container in stack.containers("gateway"):
                stack.restart(container)
    finally:
        stack.scale("gateway", 1)


@pytest.mark.long
def test_the_gateway_is_scaled_to_three_and_back(stack: Stack) -> None:
    with answered(stack):
        stack.scale("gateway", 3)
        stack.scale("gateway", 1)


def test_a_lone_gateways_restart_is_a_503_for_five_seconds_at_most(stack: Stack) -> None:
    until(stack.all_ready, seconds=60, what="all models to be ready")
    refused: list[float] = []
    with ThreadPoolExecutor(1) as thread:
        restart = thread.submit(stack.restart, *stack.containers("gateway"))
        while not restart.done():
            answer = stack.predict(**FLOWER)
            if answer.status_code != 200:
                refused.append(time.monotonic())
                assert answer.status_code == 503
                assert answer.headers["content-type"] == "application/problem+json"
                assert answer.headers["retry-after"] == "1"
            time.sleep(0.05)
        restart.result()
    assert refused
    print(f"{len(refused)} refused in {refused[-1] - refused[0]:.1f} s")
    assert refused[-1] - refused[0] <= 5


def test_nginx_reads_its_configuration_again(stack: Stack) -> None:
    with answered(stack):
        for _ in range(5):
            stack.compose("exec", "frontend", "nginx", "-e", "stderr", "-c", "/tmp/nginx.conf", "-s", "reload")
            time.sleep(1)
