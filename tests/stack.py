"""The real stack, under Docker Compose, with a project name and a port of its own."""

import json
import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from tests.machine import lacking
from tests.processes import free_ports, until

ROOT = Path(__file__).parents[1]


class Stack:
    """What a person does with `docker compose`, and what comes back at the published port.

    `settings` are what `.env` would hold; `trusted` are the certificates of a stack that speaks HTTPS.
    """

    def __init__(self, project: str, port: int, *, trusted: Path | None = None, **settings: str) -> None:
        self.project = project
        self.port = port
        self.url = f"{'https' if trusted else 'http'}://127.0.0.1:{port}"
        alone = {"COMPOSE_FILE": "docker-compose.yml", "COMPOSE_DISABLE_ENV_FILE": "1"}  # not what a user has beside it
        locust_port, self.prometheus_port = free_ports(2)
        self.locust_url = f"http://127.0.0.1:{locust_port}"
        ports = {"HTTP_PORT": port, "LOCUST_PORT": locust_port, "PROMETHEUS_PORT": self.prometheus_port}
        ours = {name: str(number) for name, number in ports.items()} | {"COMPOSE_PROJECT_NAME": project}
        self.environment = {**os.environ, **alone, **ours, **settings}
        self.tls = ssl.create_default_context(cafile=trusted)
        self.client = httpx2.Client(base_url=self.url, trust_env=False, timeout=20, verify=self.tls)

    def compose(self, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        command = ["docker", "compose", *arguments]
        result = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if check and result.returncode:
            raise AssertionError(
                f"docker compose {' '.join(arguments)}:\n{result.stdout[-3000:]}{result.stderr[-6000:]}"
            )
        return result

    def started(self, *arguments: str) -> "subprocess.Popen[str]":
        """A `docker compose` command that goes on, with its input and output at hand."""
        command, pipe = ["docker", "compose", *arguments], subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )

    def up(self, *options: str) -> None:
        self.compose("up", "--wait", "--wait-timeout", "300", *options)

    def scale(self, service: str, replicas: int) -> None:
        """Returns when all of them are healthy, and those too many are gone."""
        self.up("--no-recreate", "--scale", f"{service}={replicas}")

    @contextmanager
    def without(self, service: str) -> Iterator[None]:
        """The stack while one of its services is stopped."""
        self.compose("stop", service)
        try:
            yield
        finally:
            self.compose("start", service)

    def roll_back(self, release: str) -> None:
        """Returns when the release is served."""
        self.trainer("rollback", release)
        until(lambda: self.served_release() == release, seconds=20, what=f"{release} to be served")

    @contextmanager
    def rolled_back(self, release: str) -> Iterator[None]:
        """The stack while it serves another release, and at the end the one before again."""
        before = self.current_release()
        try:
            self.roll_back(release)
            yield
        finally:
            self.roll_back(before)

    def restart(self, container: str) -> None:
        """Restart one container, and wait until it is healthy."""
        docker("restart", container)
        until(lambda: healthy(container), seconds=60, what="its health")

    def execute(self, service: str, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command in the service's first container; quicker than `docker compose exec`."""
        words = ["docker", "exec", f"{self.project}-{service}-1", *command]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    def containers(self, service: str) -> list[str]:
        return self.compose("ps", "--quiet", service).stdout.split()

    def down(self) -> None:
        self.compose("--profile", "*", "down", "--volumes", "--remove-orphans", "--rmi", "local", "--timeout", "5")
        self.client.close()

    def trainer(self, *arguments: str, options: tuple[str, ...] = ()) -> str:
        return self.compose("run", "--rm", *options, "trainer", *arguments).stdout

    def inspect(self, service: str) -> dict[str, Any]:
        return described(self.compose("ps", "--all", "--quiet", service).stdout.split()[0])

    def worker(self, service: str) -> int:
        """The process id of a service's gunicorn worker, in its container."""
        processes = self.compose("exec", service, "sh", "-c", "cat /proc/[0-9]*/stat").stdout.splitlines()
        parents = {int(pid): int(parent) for pid, _, _, parent, *_ in map(str.split, processes)}
        [worker] = (pid for pid, parent in parents.items() if parents.get(parent) == 1)  # gunicorn's, whose is ours
        return worker

    def memory(self, service: str) -> tuple[int, int]:
        """Bytes of the service's largest process: resident now, and at most since it started."""
        found = self.compose("exec", service, "sh", "-c", "grep -hE 'VmRSS|VmHWM' /proc/[0-9]*/status").stdout
        lines = [line.split() for line in found.splitlines()]
        now, most = (max(int(kib) for name, kib, _ in lines if name == key) for key in ("VmRSS:", "VmHWM:"))
        return now * 1024, most * 1024

    def told_inside(self, service: str, path: str, port: int = 8000) -> str:
        """What a service's container is told at a port of its own, which is not published."""
        ask = f"import urllib.request as r; print(r.urlopen('http://127.0.0.1:{port}{path}').read().decode())"
        return self.execute(service, "python", "-c", ask).stdout

    def metric(self, service: str, name: str) -> list[Sample]:
        """The samples of one of a service's metrics."""
        families = text_string_to_metric_families(self.told_inside(service, "/metrics"))
        return [sample for family in families for sample in family.samples if sample.name == name]

    def current_release(self) -> str:
        return self.compose("exec", "gateway", "cat", "/store/CURRENT").stdout.strip()

    def served_release(self) -> str | None:
        release: str | None = self.readiness().get("release")
        return release

    def readiness(self) -> dict[str, Any]:
        body: dict[str, Any] = self.client.get("/health/ready").json()
        return body

    def all_ready(self) -> bool:
        return set(self.readiness().get("models", {}).values()) == {"ready"}

    def predict(self, **features: float) -> httpx2.Response:
        return self.client.post("/predict", json=features)


def docker(*arguments: str) -> str:
    """What a `docker` command prints."""
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True).stdout


def described(container: str) -> dict[str, Any]:
    """What Docker says of a container."""
    description: dict[str, Any] = json.loads(docker("inspect", container))[0]
    return description


def healthy(container: str) -> bool:
    status: str = described(container)["State"]["Health"]["Status"]
    return status == "healthy"


def required_engine() -> None:
    """Without a Docker Engine the test is skipped."""
    engine = subprocess.run(["docker", "info"], capture_output=True, check=False) if shutil.which("docker") else None
    if engine is None or engine.returncode:
        lacking("no Docker Engine answers", "REQUIRE_DOCKER")


@contextmanager
def brought_up(project: str, **settings: str) -> Iterator[Stack]:
    """A stack, built and brought up, and removed with all that it made."""
    required_engine()
    stack = Stack(project, free_ports(1)[0], trusted=None, **settings)
    try:
        stack.up("--build")
        yield stack
    finally:
        stack.down()
