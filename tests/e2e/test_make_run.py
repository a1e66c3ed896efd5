"""`make run`, as a person without Docker meets it."""

import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.e2e.security_headers import ANSWERED, DOCS_ASSET, Ask, assert_secured, asset, revalidations
from tests.processes import answers, free_ports, until

ROOT = Path(__file__).parents[2]
PAPERS_FLOWER = {"sepal_length": 1, "sepal_width": 4.2, "petal_length": 1.4, "petal_width": 7}


class MakeRun:
    """One `make run`, with what it prints in a file: nobody reads a pipe while it runs."""

    def __init__(self, port: int, store: Path) -> None:
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by `end`
        environment = {**os.environ, "PORT": str(port), "MODEL_STORE": str(store)}
        command = ["make", "--no-print-directory", "run"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True
        )

    def interrupt(self) -> str:
        """Ctrl-C, which a terminal sends to all processes of the run; what the run printed."""
        os.killpg(self._process.pid, signal.SIGINT)
        return self.end()[1]

    def end(self) -> tuple[int, str]:
        """Wait for the end; the exit code and what the run printed."""
        code = self._process.wait(60)
        with self._log as log:
            log.seek(0)
            return code, log.read()


@pytest.fixture(scope="module")
def url(iris_store: Path) -> Iterator[str]:
    port = free_ports(3)[0]
    run = MakeRun(port, iris_store)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: all_ready(url), seconds=120, what="all models to be ready")
        yield url
    finally:
        run.interrupt()


def all_ready(url: str) -> bool:
    if not answers(f"{url}/health/ready"):
        return False
    return set(httpx2.get(f"{url}/health/ready", trust_env=False).json()["models"].values()) == {"ready"}


def test_the_papers_flower_is_answered_by_all_three_models_with_a_warning(url: str) -> None:
    answer = httpx2.post(f"{url}/predict", json=PAPERS_FLOWER, trust_env=False).json()
    assert {name: part["status"] for name, part in answer["models"].items()} == {
        "random_forest": "ok",
        "k_neighbors": "ok",
        "neural_network": "ok",
    }
    assert answer["agreement"]["of"] == 3
    assert 0.35 <= answer["models"]["random_forest"]["probabilities"]["setosa"] <= 0.65
    assert [(warning["type"], warning["feature"]) for warning in answer["warnings"]] == [
        ("out_of_range", "sepal_length"),
        ("out_of_range", "petal_width"),
    ]


def test_every_answer_has_the_security_headers_that_nginx_would_give_it(url: str) -> None:
    with httpx2.Client(base_url=url, trust_env=False, timeout=20) as client:
        for ask in [*ANSWERED, Ask(200, "GET", asset(client))]:
            answer = ask.of(client)
            assert answer.status_code == ask.status, ask
            assert_secured(answer)
        for path in [DOCS_ASSET, asset(client)]:
            for answer in revalidations(client, path):
                assert answer.status_code == 304
                assert_secured(answer)


def test_two_runs_live_side_by_side_and_an_interrupt_ends_one_without_the_other(url: str, iris_store: Path) -> None:
    port = free_ports(3)[0]
    run = MakeRun(port, iris_store)
    try:
        until(lambda: all_ready(f"http://127.0.0.1:{port}"), seconds=120, what="the second run")
    finally:
        output = run.interrupt()
    assert "Traceback" not in output
    until(lambda: not any(listening(port + offset) for offset in range(3)), seconds=10, what="its ports to be free")
    assert all_ready(url)


def test_a_taken_port_is_refused_by_name(iris_store: Path) -> None:
    first = free_ports(3)[0]
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", first + 1))
        holder.listen()
        code, output = MakeRun(first, iris_store).end()
    assert code != 0
    assert f"taken: port {first + 1} (model-sklearn)." in output


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
