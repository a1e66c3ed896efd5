"""Our services as processes, and waiting for them."""

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

BIN = Path(sys.executable).parent


def until(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Wait for a condition, and fail with `what` was waited for."""
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            pytest.fail(f"waited {seconds:g} s for {what}")
        time.sleep(0.05)


def answers(url: str) -> bool:
    """True when a GET is answered with 200."""
    try:
        return httpx2.get(url, timeout=2, trust_env=False).status_code == 200
    except httpx2.HTTPError:
        return False


def free_ports(count: int) -> list[int]:
    """Ports that are free now, one after another; below those that the kernel gives to outgoing connections."""
    while True:
        first = random.randrange(20_000, 32_000)
        ports = range(first, first + count)
        if not any(_taken(port) for port in ports):
            return list(ports)


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Service:
    """A running service, with all its processes."""

    def __init__(self, url: str, process: "subprocess.Popen[bytes]") -> None:
        self.url = url
        self.process = process

    def pause(self) -> None:
        os.killpg(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.killpg(self.process.pid, signal.SIGCONT)


@contextmanager
def serving(app: str, port: int, **environment: str) -> Iterator[Service]:
    """One of our services under gunicorn, as it is shipped, on a port of this host."""
    command = [str(BIN / "gunicorn"), "-c", "python:serving.gunicorn_config", "--bind", f"127.0.0.1:{port}", app]
    with running(command, f"http://127.0.0.1:{port}", **environment) as service:
        yield service


@contextmanager
def running(command: list[str], url: str, **environment: str) -> Iterator[Service]:
    """A server that some command starts; ended with SIGTERM."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        service = Service(url, process)
        try:
            yield service
        finally:
            if process.poll() is None:
                service.resume()
                process.send_signal(signal.SIGTERM)
            process.wait(40)
            log.seek(0)
            print(log.read()[-5000:])  # pytest shows it where the test failed
