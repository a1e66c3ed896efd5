"""The real stack, under Docker Compose, with a project name and a port of its own."""

import json
import os
import ssl
import subprocess
from pathlib import Path
from typing import Any

import httpx2

from tests.processes import until

ROOT = Path(__file__).parents[2]


class Stack:
    """What a person does with `docker compose`, and what comes back at the published port."""

    def __init__(self, project: str, port: int, *, trusted: Path | None = None, **settings: str) -> None:
        """`trusted` are the certificates of a stack that speaks HTTPS; `settings` are what `.env` would hold."""
        self.project = project
        self.url = f"{'https' if trusted else 'http'}://127.0.0.1:{port}"
        self.environment = {**os.environ, "HTTP_PORT": str(port), "COMPOSE_PROJECT_NAME": project, **settings}
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

    def up(self, *options: str) -> None:
        self.compose("up", "--wait", "--wait-timeout", "300", *options)

    def scale(self, service: str, replicas: int) -> None:
        """Returns when all of them are healthy, and those too many are gone."""
        self.up("--no-recreate", "--scale", f"{service}={replicas}")

    def restart(self, container: str) -> None:
        """Restart one container, and wait until it is healthy."""
        subprocess.run(["docker", "restart", container], capture_output=True, check=True)
        until(lambda: described(container)["State"]["Health"]["Status"] == "healthy", seconds=60, what="its health")

    def containers(self, service: str) -> list[str]:
        return self.compose("ps", "--quiet", service).stdout.split()

    def down(self) -> None:
        self.compose("down", "--volumes", "--remove-orphans", "--rmi", "local", "--timeout", "5")
        self.client.close()

    def trainer(self, *arguments: str, options: tuple[str, ...] = ()) -> str:
        return self.compose("run", "--rm", *options, "trainer", *arguments).stdout

    def inspect(self, service: str) -> dict[str, Any]:
        return described(self.compose("ps", "--all", "--quiet", service).stdout.split()[0])

    def memory(self, service: str) -> tuple[int, int]:
        """Bytes of the service's largest process: resident now, and at most since it started."""
        found = self.compose("exec", service, "sh", "-c", "grep -hE 'VmRSS|VmHWM' /proc/[0-9]*/status").stdout
        lines = [line.split() for line in found.splitlines()]
        now, most = (max(int(kib) for name, kib, _ in lines if name == key) for key in ("VmRSS:", "VmHWM:"))
        return now * 1024, most * 1024

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


def described(container: str) -> dict[str, Any]:
    """What Docker says of a container."""
    result = subprocess.run(["docker", "inspect", container], capture_output=True, text=True, check=True)
    description: dict[str, Any] = json.loads(result.stdout)[0]
    return description
