"""The load tests, by their documented commands, against the real stack."""

import csv
import json
import socket
import subprocess
from collections.abc import Iterator
from random import Random
from typing import Any

import httpx2
import pytest

from loadtest.answers import Answer, check, problem
from loadtest.hostile import hostile
from loadtest.inputs import UNSEEN
from loadtest.release import release_of
from tests.e2e.load_run import limits, make_load
from tests.e2e.recording import recording
from tests.loadtest_releases import MODELS
from tests.processes import free_ports, until
from tests.stack import ROOT, Stack

PATHS = {"/", "/models", "/predict", "/predict/batch", "/predict/csv", "/v2/models/random_forest/infer", "Aggregated"}


@pytest.fixture
def whole(stack: Stack) -> Stack:
    """The stack, with all models answering."""
    until(stack.all_ready, seconds=60, what="all models to be ready")
    return stack


def test_the_smoke_test_of_20_s_passes_and_leaves_its_reports(whole: Stack) -> None:
    load = make_load(whole.url)
    assert load.code == 0, load.printed
    assert load.verdict["passed"]
    assert load.verdict["reasons"] == []
    assert 18 <= load.verdict["figures"]["seconds"] <= 22
    assert "smoke: passed" in load.printed
    with (load.folder / "stats_stats.csv").open() as file:
        rows = {row["Name"]: row for row in csv.DictReader(file)}
    assert set(rows) >= PATHS
    assert int(rows["Aggregated"]["Request Count"]) >= 100  # the last second's are not in it
    stats = json.loads((load.folder / "stats.json").read_text())
    assert sum(each["num_requests"] for each in stats) == load.verdict["figures"]["requests"] >= 100
    assert "/predict/batch" in (load.folder / "report.html").read_text()


@pytest.mark.parametrize("shape", ["ramp", "spike", "soak"])
def test_every_shape_runs_as_long_and_with_as_many_users_as_it_is_told(whole: Stack, shape: str) -> None:
    load = make_load(whole.url, shape, "-u 30 -t 8s --limit requests_per_s=1 --limit fail_ratio=0.1")
    assert load.code == 0, load.printed
    assert (load.verdict["shape"], load.verdict["passed"]) == (shape, True)
    assert 6 <= load.verdict["figures"]["seconds"] <= 12
    with (load.folder / "stats_stats_history.csv").open() as file:
        users = [int(row["User Count"]) for row in csv.DictReader(file) if row["Name"] == "Aggregated"]
    assert max(users) == 30 if shape != "ramp" else 20 <= max(users) <= 30


def test_steps_tell_the_knee(whole: Stack) -> None:
    lax = {"fail_ratio": 1, "p95_ms": 1e6, "p99_ms": 1e6, "requests_per_s": 1, "requests": 1}
    load = make_load(whole.url, "steps", f"-u 400 -t 24s {limits(**lax)}")
    assert load.code == 0, load.printed
    steps = load.verdict["steps"]
    held = [step for step in steps if not step["broke"]]
    assert [step["users"] for step in steps] == sorted({step["users"] for step in steps})
    assert load.verdict["knee"] == held[-1]
    assert f"{held[-1]['users']} users, " in load.printed


def test_a_run_fails_for_each_limit_that_it_misses_and_says_so(whole: Stack) -> None:
    out_of_reach = limits(p95_ms=0, p99_ms=0, requests_per_s=1e6, requests=1e6)
    load = make_load(whole.url, options=f"-u 5 -t 3s {out_of_reach}")
    assert load.code != 0
    assert "smoke: FAILED" in load.printed
    assert {reason.partition(", wanted ")[2] for reason in load.verdict["reasons"]} == {"≤ 0", "≥ 1e+06"}
    assert len(load.verdict["reasons"]) == 4


def test_a_run_fails_where_nobody_answers() -> None:
    load = make_load(f"http://127.0.0.1:{free_ports(1)[0]}", options="-u 5 -t 3s --limit requests=1")
    assert load.code != 0
    assert "fail ratio 1, wanted ≤ 0.01" in load.verdict["reasons"]
    assert load.verdict["failures"][0].endswith("GET /models: no answer (ConnectionRefusedError)")


def test_a_run_without_a_request_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never answers
        load = make_load(f"http://127.0.0.1:{silent.getsockname()[1]}", options="-u 2 -t 2s --stop-timeout 0")
    assert load.code != 0
    assert load.verdict["figures"]["requests"] == 0
    assert len(load.verdict["reasons"]) == 5


def test_partial_answers_fail_a_run_by_name_unless_they_are_allowed(whole: Stack) -> None:
    with whole.without("model-tf"):
        until(lambda: not whole.all_ready(), seconds=20, what="a model to be missing")
        strict = make_load(whole.url, options="-u 5 -t 5s --limit requests=1")
        allowed = make_load(whole.url, options="-u 5 -t 5s --limit requests=1 --allow-partial Program Visitor")
    until(whole.all_ready, seconds=60, what="all models to be ready")
    assert strict.code != 0
    assert any("/predict, partial: neural_network" in failure for failure in strict.verdict["failures"])
    assert allowed.code == 0, allowed.printed
    assert "/predict, partial: neural_network" in (allowed.folder / "stats_stats.csv").read_text()


def test_a_release_of_another_table_is_taken_while_the_load_goes_on(whole: Stack, wine_release: str) -> None:
    command = ["make", "load", f"HOST={whole.url}", "ARGS=-u 10 -t 15s --limit fail_ratio=0.05"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        before = whole.metric("gateway", "http_requests_total")
        until(lambda: whole.metric("gateway", "http_requests_total") != before, seconds=10, what="the load to begin")
        with whole.rolled_back(wine_release):
            pass
        printed, _ = running.communicate(timeout=60)
    assert running.returncode == 0, printed
    assert "refuses what fits" not in printed
    assert "another release" not in printed


def test_what_people_would_not_ask_is_marked_as_synthetic_and_every_request_carries_the_api_key() -> None:
    with recording() as (url, asked):
        make_load(url, options="-u 20 -t 5s Program", LOCUST_API_KEY="of-alice")
    assert {headers["X-API-Key"] for headers, _ in asked} == {"of-alice"}
    features = {feature["name"] for feature in MODELS["features"]}
    plain = [json.loads(body) for headers, body in asked if headers["X-Synthetic"] is None and body]
    assert plain
    assert all(set(row) == features and 1 <= row["length"] <= 7 for row in plain)
    assert any(UNSEEN in body for headers, body in asked if headers["X-Synthetic"] == "1")


def test_every_hostile_request_is_refused_as_it_deserves(whole: Stack) -> None:
    release = release_of(whole.client.get("/models").json())
    for bad in hostile(release, Random(1)):
        headers = {"Content-Type": bad.content_type}
        told = whole.client.post(bad.path, content=bad.body.encode(), headers=headers)
        check(Answer(told.status_code, told.headers, told.text), release, problem(bad.status))


@pytest.fixture
def swarm(locust: str) -> Iterator[httpx2.Client]:
    """Locust's own page, with nothing running before and after."""
    with httpx2.Client(base_url=locust, trust_env=False, timeout=20) as client:
        yield client
        client.get("/stop")


def test_locusts_page_has_two_workers_put_load_on_the_stack_and_logs_the_verdict(swarm: httpx2.Client) -> None:
    def now() -> dict[str, Any]:
        told: dict[str, Any] = swarm.get("/stats/requests").json()
        return told

    until(lambda: now()["worker_count"] == 2, seconds=20, what="two workers")
    assert "Locust" in swarm.get("/").text
    asked = {"user_count": "10", "spawn_rate": "10", "run_time": "8s", "shape_class": "Smoke"}
    assert swarm.post("/swarm", data=asked).json()["success"] is True
    until(lambda: now()["state"] == "stopped", seconds=30, what="the end of the run")
    stats = {each["name"]: each for each in now()["stats"]}
    assert stats["Aggregated"]["num_requests"] >= 50
    assert stats["Aggregated"]["num_failures"] <= stats["Aggregated"]["num_requests"] * 0.01
    assert stats["/predict"]["num_requests"] > 0
    until(lambda: "smoke: " in swarm.get("/logs").text, seconds=10, what="the verdict")
