"""A request's trace, from the gateway to the engines: all services as processes, and a collector of ours."""

import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2
import pytest

from tests.contract.system import System
from tests.flower import FLOWER
from tests.processes import answers, free_ports, running, serving, until
from tests.traces import Span, line_of, named

CLIENTS_TRACE = "0af7651916cd43dd8448eb211c80319c"
CLIENTS_SPAN = "b7ad6b7169203331"
MODELS = {"random_forest": "model-sklearn", "k_neighbors": "model-sklearn", "neural_network": "model-tf"}
INFER = "POST /v2/models/{name}/versions/{version}/infer"
SLOW_MS = 500
TENSOR = {"inputs": [{"name": "input", "datatype": "FP64", "shape": [1, 4], "data": [5.1, 3.5, 1.4, 0.2]}]}


@dataclass(frozen=True)
class Traced:
    """A client of the gateway, and the gateway's settings; a member of it, `slow`, knows nothing of traces."""

    gateway: httpx2.Client
    settings: dict[str, str]

    def ask(self, name: str, models: str = ",".join(MODELS), **headers: str) -> httpx2.Response:
        """A prediction, as the request of that name."""
        return self.gateway.post(f"/predict?models={models}", json=FLOWER, headers={"X-Request-ID": name} | headers)

    def spans(self) -> list[Span]:
        """All that were sent."""
        told: list[Span] = httpx2.get(f"{self.settings['OTEL_EXPORTER_OTLP_ENDPOINT']}/spans", trust_env=False).json()
        return told

    def trace(self, name: str, *, spans: int) -> list[Span]:
        """The trace in which the request of that name was answered, once it has the gateway's and so many spans."""

        def whole() -> bool:
            found = self._trace(name)
            answered = [each for each in found if each["kind"] == "SERVER" and not each["service"].startswith("model-")]
            return len(found) >= spans and bool(answered)

        until(whole, seconds=20, what=f"{spans} spans of {name}")
        return self._trace(name)

    def _trace(self, name: str) -> list[Span]:
        sent = self.spans()
        traces = {span["trace"] for span in sent if span["attributes"].get("triptych.request_id") == name}
        return [span for span in sent if span["trace"] in traces]

    def in_flight(self) -> float:
        """The gateway's requests, without the one that asks."""
        lines = self.gateway.get("/metrics").text.splitlines()
        [line] = [line for line in lines if line.startswith("http_requests_in_flight ")]
        return float(line.split()[1]) - 1


@pytest.fixture(scope="module")
def traced(iris_store: Path) -> Iterator[Traced]:
    gateway, sklearn, tensorflow, slow, collector = free_ports(5)
    members = {"sklearn": sklearn, "tensorflow": tensorflow, "slow": slow}
    settings = {
        "MODEL_STORE": str(iris_store),
        "BACKENDS": ",".join(f"{name}=http://127.0.0.1:{port}" for name, port in members.items()),
        "DEADLINE_MS": "10000",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector}",
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }
    stubs = {"collector_stub": [str(collector)], "stub_member": [str(slow), str(SLOW_MS)]}
    ports = {"model_sklearn": sklearn, "model_tf": tensorflow, "gateway": gateway}
    with ExitStack() as stack:
        for module, arguments in stubs.items():
            stack.enter_context(running([sys.executable, "-m", f"tests.{module}", *arguments], ""))
        services = {
            name: stack.enter_context(serving(f"{name}.app:create_app()", port, **settings))
            for name, port in ports.items()
        }
        until(System(services, "").all_ready, seconds=60, what="all models to be ready")
        url = services["gateway"].url
        client = stack.enter_context(httpx2.Client(base_url=url, trust_env=False, timeout=20))
        yield Traced(client, settings)


def test_a_request_is_one_trace_from_the_gateway_to_every_engine(traced: Traced) -> None:
    answer = traced.ask("whole").json()
    spans = traced.trace("whole", spans=10)
    [root] = named(spans, "POST /predict")
    assert root["parent"] == ""
    assert root["attributes"]["triptych.release"] == answer["release"]
    for model, service in MODELS.items():
        [computed] = named(spans, f"compute {model}")
        assert line_of(spans, computed) == [
            f"{service}: compute {model}",
            f"{service}: {INFER}",
            f"gateway: ask {model}",
            "gateway: POST /predict",
        ]
        engine = answer["models"][model]["engine"]
        assert computed["attributes"]["triptych.engine"] == engine
        [asked] = named(spans, f"ask {model}")
        assert (asked["attributes"]["triptych.engine"], asked["attributes"]["triptych.outcome"]) == (engine, "ok")
    assert len(spans) == 10


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("/predict/batch", json.dumps({"instances": [FLOWER] * 600}), "application/json"),
        ("/predict/csv", "\n".join([",".join(FLOWER), *[",".join(map(str, FLOWER.values()))] * 600]), "text/csv"),
        ("/v2/models/random_forest/infer", json.dumps(TENSOR), "application/json"),
    ],
)
def test_every_way_to_predict_is_one_trace(traced: Traced, path: str, content: str, kind: str) -> None:
    headers = {"X-Request-ID": path.replace("/", "-"), "Content-Type": kind}
    assert traced.gateway.post(path, content=content, headers=headers).status_code == 200
    spans = traced.trace(headers["X-Request-ID"], spans=4)
    [computed, *_] = named(spans, "compute random_forest")
    assert line_of(spans, computed)[:3] == [
        "model-sklearn: compute random_forest",
        f"model-sklearn: {INFER}",
        "gateway: ask random_forest",
    ]
    assert line_of(spans, computed)[3].startswith("gateway: POST /")


def test_a_clients_own_trace_goes_on_to_the_model_services(traced: Traced) -> None:
    traced.ask("clients", traceparent=f"00-{CLIENTS_TRACE}-{CLIENTS_SPAN}-01", tracestate="theirs=1")
    spans = traced.trace("clients", spans=10)
    [own] = named(spans, "POST /predict")
    assert (own["trace"], own["parent"]) == (CLIENTS_TRACE, CLIENTS_SPAN)
    assert {span["state"] for span in spans} == {"theirs=1"}


def test_a_trace_that_its_client_does_not_sample_is_sent_by_nobody(traced: Traced) -> None:
    traced.ask("unsampled", traceparent=f"00-{'a' * 32}-{CLIENTS_SPAN}-00")
    traced.ask("sampled")
    traced.trace("sampled", spans=10)
    assert [span for span in traced.spans() if span["trace"] == "a" * 32] == []


def test_the_sampler_decides_about_a_trace_that_nginx_begins_and_follows_a_clients(traced: Traced) -> None:
    [port] = free_ports(1)
    settings = traced.settings | {"OTEL_TRACES_SAMPLER": "parentbased_always_off", "OTEL_SERVICE_NAME": "another"}
    with serving("gateway.app:create_app()", port, **settings) as service:
        until(lambda: answers(f"{service.url}/models"), seconds=60, what="the gateway to have its release")
        with httpx2.Client(base_url=service.url, trust_env=False, timeout=20) as client:
            another = replace(traced, gateway=client)
            another.ask("begun", **{"X-Proxy-Trace": f"{'b' * 32} {time.time():.3f} 0.000"})
            another.ask("followed", traceparent=f"00-{'c' * 32}-{CLIENTS_SPAN}-01")
    spans = traced.trace("followed", spans=10)
    assert "another" in {span["service"] for span in spans}
    assert [span for span in traced.spans() if span["trace"] == "b" * 32] == []


def test_requests_that_a_member_is_asked_for_at_once_share_a_call_with_links(traced: Traced) -> None:
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(traced.ask, "first", "slow")
        until(lambda: traced.in_flight() == 1, seconds=5, what="the member to be busy")
        others = [pool.submit(traced.ask, name, "slow") for name in ("second", "third")]
        assert [each.result().status_code for each in (first, *others)] == [200, 200, 200]
    traces = [traced.trace(name, spans=1) for name in ("first", "second", "third")]
    [alone], *merged = (named(trace, "ask slow") for trace in traces)
    assert alone["links"] == []
    [(call, other)] = [(call[0], trace) for call, trace in zip(merged, reversed(traces[1:]), strict=True) if call]
    assert call["attributes"]["triptych.requests"] == 2
    assert call["links"] == [{name: named(other, "POST /predict")[0][name] for name in ("trace", "id")}]


def test_a_member_that_is_late_is_told_in_the_spans_of_a_partial_answer(traced: Traced) -> None:
    assert traced.ask("partial", "random_forest,slow").json()["partial"] is True
    spans = traced.trace("partial", spans=5)
    [root], [asked] = named(spans, "POST /predict"), named(spans, "ask slow")
    assert root["attributes"]["triptych.partial"] is True
    assert root["events"] == [{"name": "no answer", "triptych.model": "slow", "triptych.outcome": "timeout"}]
    assert asked["failed"]
    assert not named(spans, "ask random_forest")[0]["failed"]


def test_neither_what_was_sent_nor_a_key_stands_in_a_span(traced: Traced) -> None:
    key = {"X-API-Key": "secret-key", "Authorization": "Bearer secret-token"}
    odd = FLOWER | {"sepal_length": 5.123456789}
    for name, body in (
        ("taken", odd),
        ("refused", odd | {"secret-name": 1}),
        ("worse", odd | {"petal_width": "secret"}),
    ):
        traced.gateway.post("/predict?models=secret-query", json=body, headers=key)
        traced.gateway.post("/predict", json=body, headers=key | {"X-Request-ID": f"odd-{name}"})
        traced.trace(f"odd-{name}", spans=1)
    told = json.dumps(traced.spans())
    assert "secret" not in told
    assert "5.123456789" not in told


def test_health_checks_are_in_no_trace(traced: Traced) -> None:
    assert traced.gateway.get("/health/ready").status_code == 200
    traced.ask("after")
    traced.trace("after", spans=10)
    paths = {span["attributes"].get("url.path") for span in traced.spans()}
    assert {path for path in paths if path and ("health" in path or "metrics" in path)} == set()
