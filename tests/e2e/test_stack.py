"""`docker compose up`, as a user meets it."""

import contextlib
import http.client
import json
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flower import FLOWER
from tests.load import Load
from tests.processes import until
from tests.stack import ROOT, Stack

PAPERS_FLOWER = {"sepal_length": 1, "sepal_width": 4.2, "petal_length": 1.4, "petal_width": 7}
SERVICES = ("model-sklearn", "model-tf", "gateway", "frontend")


@pytest.fixture(autouse=True)
def whole(stack: Stack) -> None:
    """Each test finds the whole stack answering."""
    until(stack.all_ready, seconds=60, what="all models to be ready")


def test_a_users_own_settings_and_override_do_not_enter_the_stacks_of_tests(stack: Stack, tmp_path: Path) -> None:
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    (tmp_path / ".env").write_text("MIN_MODELS=3")
    (tmp_path / "docker-compose.override.yml").write_text("services: {gateway: {hostname: theirs}}")
    config = ["docker", "compose", "config", "--format", "json"]
    done = subprocess.run(config, cwd=tmp_path, env=stack.environment, capture_output=True, text=True, check=True)
    gateway = json.loads(done.stdout)["services"]["gateway"]
    assert gateway["environment"]["MIN_MODELS"] == "1"
    assert "hostname" not in gateway


def test_the_papers_flower_is_answered_by_all_three_models_with_a_warning(stack: Stack) -> None:
    answer = stack.predict(**PAPERS_FLOWER).json()
    assert {name: part["status"] for name, part in answer["models"].items()} == {
        "random_forest": "ok",
        "k_neighbors": "ok",
        "neural_network": "ok",
    }
    assert 0.35 <= answer["models"]["random_forest"]["probabilities"]["setosa"] <= 0.65
    assert {warning["feature"] for warning in answer["warnings"]} == {"sepal_length", "petal_width"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b'{"sepal_length": 5.1}', 422),
        (b'{"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2, "more": 1}', 422),
        (b'{"sepal_length": NaN, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}', 422),
        (b'{"sepal_length": 1e999, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}', 422),
        (b'{"sepal_length": 1e300, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}', 422),
        (b" " * 70_000, 413),
    ],
)
def test_bad_input_is_refused_in_the_one_error_shape(stack: Stack, body: bytes, status: int) -> None:
    response = stack.client.post("/predict", content=body, headers={"Content-Type": "application/json"})
    problem = response.json()
    assert response.status_code == status
    assert response.headers["content-type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail", "request_id", "error"} <= set(problem)
    assert problem["status"] == status


def test_eight_mebibytes_that_are_wrong_all_over_are_refused_and_nothing_falls_over(stack: Stack) -> None:
    body = b'{"instances": [{' + b",".join(b'"%x":1' % number for number in range(800_000)) + b"}]}"
    response = stack.client.post("/predict/batch", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert len(response.content) < 1_000
    assert stack.inspect("gateway")["State"]["OOMKilled"] is False


@pytest.mark.parametrize("headers", [{}, {"If-Match": '"x"'}])
def test_a_connection_that_nginx_says_it_keeps_takes_another_request(stack: Stack, headers: dict[str, str]) -> None:
    connection = http.client.HTTPConnection(stack.url.removeprefix("http://"), timeout=5)
    with contextlib.closing(connection):
        connection.request("GET", "/", headers=headers)
        response = connection.getresponse()
        response.read()
        if not response.will_close:
            select.select([connection.sock], [], [], 0.1)  # where it is closed after all, it is soon
            connection.request("GET", "/health/live")
            assert connection.getresponse().status == 200


def test_a_large_body_that_is_refused_unread_does_not_cost_the_client_its_next_request(stack: Stack) -> None:
    for _ in range(5):
        refused = stack.client.post("/predict/batch", content=b" " * 5_000_000, headers={"Content-Type": "text/plain"})
        assert refused.status_code == 415
        assert stack.client.get("/health/live").status_code == 200


@pytest.mark.parametrize("path", ["/models", "/dataset", "/predict/batch", "/predict"])
def test_only_answers_that_may_be_large_are_compressed_and_only_for_who_takes_that(stack: Stack, path: str) -> None:
    method, body = {
        "/predict/batch": ("POST", {"instances": [FLOWER] * 100}),
        "/predict": ("POST", FLOWER),
    }.get(path, ("GET", None))
    answers = {
        taken: stack.client.request(method, path, json=body, headers={"Accept-Encoding": taken})
        for taken in ("gzip", "identity")
    }
    large = path != "/predict"
    assert [answer.headers.get("Content-Encoding") for answer in answers.values()] == ["gzip" if large else None, None]
    assert [answer.headers.get("Vary") for answer in answers.values()] == ["Accept-Encoding" if large else None] * 2
    assert answers["gzip"].json().keys() == answers["identity"].json().keys()
    if large:
        assert answers["gzip"].num_bytes_downloaded < len(answers["gzip"].content) / 2


def test_with_one_model_service_stopped_the_answer_is_partial_and_names_what_is_missing(stack: Stack) -> None:
    stack.compose("stop", "model-tf")
    try:
        response = stack.predict(**FLOWER)
        answer = response.json()
        assert response.status_code == 200
        assert answer["partial"] is True
        assert answer["agreement"]["of"] == 2
        assert answer["models"]["neural_network"]["status"] in ("unavailable", "timeout")
        assert answer["models"]["neural_network"]["error"]
        stack.compose("stop", "model-sklearn")
        response = stack.predict(**FLOWER)
        assert response.status_code == 503
        assert response.headers["content-type"].startswith("application/problem+json")
        assert response.headers["retry-after"]
        assert set(response.json()["models"]) == {"random_forest", "k_neighbors", "neural_network"}
    finally:
        stack.compose("start", "model-sklearn", "model-tf")
    until(stack.all_ready, seconds=60, what="both to be back")


def test_a_release_trained_under_load_is_taken_without_a_restart_or_a_failed_request(
    stack: Stack,
) -> None:
    started = {service: stack.inspect(service)["State"]["StartedAt"] for service in SERVICES}
    before = stack.served_release()
    with Load(f"{stack.url}/predict", FLOWER) as load:
        stack.trainer("train", "--force")
        published = stack.current_release()
        assert published != before
        until(lambda: stack.served_release() == published, seconds=20, what="the new release to be served")
    assert set(load.statuses) == {200}
    assert stack.predict(**FLOWER).json()["release"] == published
    assert {service: stack.inspect(service)["State"]["StartedAt"] for service in SERVICES} == started


class TestAnotherTable:
    """scikit-learn's wine, served by the running stack."""

    @pytest.fixture(autouse=True)
    def served(self, stack: Stack, wine_release: str) -> Iterator[None]:
        with stack.rolled_back(wine_release):
            yield

    def test_it_is_served_with_its_own_features(self, stack: Stack) -> None:
        models = stack.client.get("/models").json()
        assert len(models["features"]) == 13
        assert models["classes"] == ["class_0", "class_1", "class_2"]
        example = stack.client.get("/openapi.json").json()["components"]["schemas"]["Instance"]["example"]
        answer = stack.predict(**example).json()
        assert answer["agreement"]["of"] == 3
        assert answer["prediction"] in models["classes"]

    def test_a_body_of_the_table_before_is_told_so(self, stack: Stack) -> None:
        response = stack.predict(**FLOWER)
        assert response.status_code == 422
        assert response.json()["release"] == stack.current_release()


def test_another_up_changes_nothing_after_another_table_a_rollback_and_a_rebuild(
    stack: Stack, wine_release: str
) -> None:
    newest = stack.current_release()
    stack.trainer("rollback", wine_release)
    stack.up()
    assert stack.current_release() == wine_release
    stack.up("--build", "--force-recreate")
    assert stack.current_release() == wine_release
    stack.roll_back(newest)


def test_the_releases_outlive_the_containers(stack: Stack) -> None:
    before = stack.current_release()
    stack.compose("down", "--timeout", "5")
    began = time.monotonic()
    stack.up()
    print(f"all healthy {time.monotonic() - began:.1f} s after `docker compose up`")
    assert stack.current_release() == stack.served_release() == before
