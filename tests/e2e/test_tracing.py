"""Traces, on the real stack: from nginx's log to the engines."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.flower import FLOWER
from tests.processes import until
from tests.stack import Stack, brought_up
from tests.traces import Span, line_of, named

CLIENTS_TRACE = "0af7651916cd43dd8448eb211c80319c"
CLIENTS_SPAN = "b7ad6b7169203331"
MODELS = {"random_forest": "model-sklearn", "k_neighbors": "model-sklearn", "neural_network": "model-tf"}
WHOLE = 11  # spans: nginx's, the gateway's, and three for each model
TO_SEND = "grep --files-with-matches google/_upb /proc/[0-9]*/maps"  # what encodes spans is in these processes


@pytest.fixture(scope="module")
def traced(stack: Stack) -> Iterator[Stack]:
    settings = {
        "NEIGHBOR": stack.project,
        "COMPOSE_FILE": f"docker-compose.yml{os.pathsep}tests/e2e/tracing.yml",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318",
    }
    with brought_up(f"{stack.project}-traced", **settings) as traced:
        until(traced.all_ready, seconds=60, what="all models to be ready")
        yield traced


def logged(stack: Stack, service: str) -> list[dict[str, Any]]:
    lines = stack.compose("logs", "--no-log-prefix", service).stdout.splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def asked(stack: Stack, name: str, **headers: str) -> str:
    """The trace that nginx's log names for a prediction, the request of that name."""
    answer = stack.client.post("/predict", json=FLOWER, headers={"X-Request-ID": name} | headers)
    assert answer.status_code == 200

    def traces() -> list[str]:
        return [line["trace_id"] for line in logged(stack, "frontend") if line["request_id"] == name]

    until(lambda: bool(traces()), seconds=20, what="nginx's log line")
    [trace] = traces()
    return trace


def sent(stack: Stack, trace: str) -> list[Span]:
    """The spans of a whole trace."""

    def spans() -> list[Span]:
        told: list[Span] = json.loads(stack.told_inside("collector", "/spans", 4318))
        return [span for span in told if span["trace"] == trace]

    until(lambda: len(spans()) >= WHOLE, seconds=20, what="the whole trace")
    return spans()


def assert_whole(spans: list[Span]) -> None:
    """From nginx to every engine."""
    for model, service in MODELS.items():
        [computed] = named(spans, f"compute {model}")
        assert line_of(spans, computed) == [
            f"{service}: compute {model}",
            f"{service}: POST /v2/models/{{name}}/versions/{{version}}/infer",
            f"gateway: ask {model}",
            "gateway: POST /predict",
            "nginx: nginx",
        ]
    assert len(spans) == WHOLE


def test_nginxs_log_names_the_trace_that_goes_from_nginx_to_every_engine(traced: Stack) -> None:
    spans = sent(traced, asked(traced, "whole"))
    assert_whole(spans)
    [nginx], [gateway] = named(spans, "nginx"), named(spans, "POST /predict")
    assert nginx["parent"] == ""
    assert gateway["attributes"]["triptych.request_id"] == "whole"
    assert min(span["start_ns"] for span in spans) == nginx["start_ns"]
    assert max(span["end_ns"] for span in (nginx, gateway)) == nginx["end_ns"]


def test_a_clients_own_trace_goes_on(traced: Stack) -> None:
    headers = {"traceparent": f"00-{CLIENTS_TRACE}-{CLIENTS_SPAN}-01", "tracestate": "theirs=1"}
    assert asked(traced, "clients", **headers) == CLIENTS_TRACE
    spans = sent(traced, CLIENTS_TRACE)
    assert_whole(spans)
    assert named(spans, "nginx")[0]["parent"] == CLIENTS_SPAN
    assert {span["state"] for span in spans} == {"theirs=1"}


@pytest.mark.parametrize(
    ("name", "traceparent"),
    [
        ("short", "00-0-0-01"),
        ("capitals", f"00-{CLIENTS_TRACE.upper()}-{CLIENTS_SPAN}-01"),
        ("no-trace", f"00-{'0' * 32}-{CLIENTS_SPAN}-01"),
        ("no-span", f"00-{CLIENTS_TRACE}-{'0' * 16}-01"),
        ("another-version", f"01-{CLIENTS_TRACE}-{CLIENTS_SPAN}-01"),
        ("long", f"00-{CLIENTS_TRACE}-{CLIENTS_SPAN}-01-more"),
    ],
)
def test_what_is_not_well_formed_is_passed_over_and_nginx_begins_the_trace(
    traced: Stack, name: str, traceparent: str
) -> None:
    forged = {"X-Proxy-Trace": f"{'a' * 32} 1795910400.000 0.000"}
    trace = asked(traced, name, traceparent=traceparent, tracestate="theirs=1", **forged)
    assert trace not in ("a" * 32, CLIENTS_TRACE)
    spans = sent(traced, trace)
    assert_whole(spans)
    assert {span["state"] for span in spans} == {""}


def test_a_collector_that_is_gone_costs_no_answer_and_one_line_in_the_log(traced: Stack) -> None:
    with traced.without("collector"):
        assert [traced.predict(**FLOWER).status_code for _ in range(50)] == [200] * 50

        def complaints() -> list[dict[str, Any]]:
            levels = ("warning", "error", "critical")
            return [line for line in logged(traced, "gateway") if line.get("level") in levels]

        until(lambda: bool(complaints()), seconds=40, what="the line")
        [line] = complaints()
        assert (line["message"], line["endpoint"]) == ("spans were not sent", "collector:4318")
        assert traced.predict(**FLOWER).status_code == 200


def test_without_the_setting_nothing_is_loaded_that_could_send(stack: Stack, traced: Stack) -> None:
    assert traced.execute("gateway", "sh", "-c", TO_SEND).stdout
    assert stack.execute("gateway", "sh", "-c", TO_SEND).stdout == ""
