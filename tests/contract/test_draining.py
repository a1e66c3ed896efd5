"""A service that is stopped: its callers are sent elsewhere first, and nothing that was asked is lost."""

import os
import signal
import sys
from pathlib import Path

import httpx2
from serving.draining import DRAIN_S

from tests.open_loop import OpenLoop, run
from tests.processes import BIN, answers, free_ports, running, until

QUESTION = b'{"inputs": [{"name": "input", "shape": [1, 4], "datatype": "FP64", "data": [5.1, 3.5, 1.4, 0.2]}]}'


def test_until_it_stops_every_request_is_answered_and_told_to_close(iris_store: Path) -> None:
    [port] = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    gunicorn = [str(BIN / "gunicorn"), "-c", "python:serving.gunicorn_config", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "serving.draining", *gunicorn, "model_sklearn.app:create_app()"]
    with running(command, url, MODEL_STORE=str(iris_store)) as service, httpx2.Client(trust_env=False) as client:
        until(lambda: answers(f"{url}/v2/health/ready"), seconds=60, what="the models to be loaded")
        os.kill(service.process.pid, signal.SIGTERM)
        until(lambda: client.get(f"{url}/v2/health/ready").status_code == 503, seconds=1, what="it to drain")
        assert client.get(f"{url}/v2/health/ready").headers["connection"] == "close"
        load = OpenLoop(port, "/v2/models/k_neighbors/infer", QUESTION)
        run(load.at_rate(100, DRAIN_S - 1))
        assert {answer.status for answer in load.answers} == {200}
        assert service.process.wait(10) == 0
