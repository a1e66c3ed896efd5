"""Every answer that leaves nginx has the security headers, whoever gives it."""

import pytest

from tests.e2e.security_headers import (
    ANSWERED,
    ANSWERED_BY_NGINX,
    DOCS_ASSET,
    Ask,
    assert_secured,
    asset,
    revalidations,
)
from tests.flower import FLOWER
from tests.processes import until
from tests.stack import Stack


@pytest.fixture(autouse=True)
def whole(stack: Stack) -> None:
    until(stack.all_ready, seconds=60, what="all models to be ready")


@pytest.mark.parametrize(
    "ask", ANSWERED + ANSWERED_BY_NGINX, ids=lambda ask: f"{ask.method}-{ask.path[:40]}-{ask.status}"
)
def test_an_answer_has_each_security_header_once(stack: Stack, ask: Ask) -> None:
    answer = ask.of(stack.client)
    assert answer.status_code == ask.status
    assert_secured(answer)


def test_an_answer_that_nothing_has_changed_has_them_too(stack: Stack) -> None:
    paths = ["/", asset(stack.client), DOCS_ASSET]
    answers = [answer for path in paths for answer in revalidations(stack.client, path)]
    assert [answer.status_code for answer in answers] == [304] * 6
    for answer in answers:
        assert_secured(answer)


def test_a_refusal_has_them_where_no_model_is_left_and_where_no_gateway_is(stack: Stack) -> None:
    refused = []
    try:
        for services in (["model-sklearn", "model-tf"], ["gateway"]):
            stack.compose("kill", *services)
            until(lambda: stack.client.get("/health/ready").status_code == 503, seconds=10, what="them to be missed")
            refused += [stack.predict(**FLOWER), stack.client.get("/health/ready")]
    finally:
        stack.up()
    for answer in refused:
        assert_secured(answer)
    assert [answer.status_code for answer in refused] == [503] * 4
