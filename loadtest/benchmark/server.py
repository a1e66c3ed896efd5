"""A server as a process: start it, wait until its answer is right, wait until it rests, end it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import psutil

from loadtest.benchmark.contender import Question
from scripts.run import taken

ROOT = Path(__file__).parents[2]
LOCAL = ROOT / ".local/bench"
RESTING = 0.1  # of a core above what a server uses at rest: it has worked off what it was asked
WRONG_S = 30  # that an answer may lack models which are still loaded


class NotRight(Exception):
    """A contender that does not answer, or not rightly, is not measured."""


class Server:
    """A command under a shell, with all processes that it starts."""

    def __init__(self, name: str, command: str, environment: Mapping[str, str]) -> None:
        self.name = name
        self.log = LOCAL / "logs" / f"{name}.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", f"exec {command}"],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def processes(self) -> list[psutil.Process]:
        """The process that was started and all below it."""
        try:
            first = psutil.Process(self._process.pid)
            return [first, *first.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def memory(self) -> int:
        """Resident bytes of all its processes. (The proportional set would be less, but falls and rises with strangers
        that map the same libraries.)
        """
        return sum(_memory(process) for process in self.processes())

    def cpu_seconds(self) -> float:
        return sum(_cpu_seconds(process) for process in self.processes())

    def ended(self) -> bool:
        return self._process.poll() is not None

    def stop(self) -> None:
        started = self.processes()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for process in psutil.wait_procs(started, timeout=5)[1]:
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def log_end(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


@contextmanager
def running(servers: Sequence[Server]) -> Iterator[None]:
    """End them all, the last first, whatever happens."""
    try:
        yield
    finally:
        for server in reversed(servers):
            server.stop()


def end_on_sigterm() -> None:
    """Have SIGTERM end the benchmark as Ctrl-C does: with all that it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def wait_until_right(servers: Sequence[Server], url: str, question: Question, *, seconds: float) -> None:
    """Raises NotRight where there is no right answer in time, or wrong ones for longer than models take to load."""
    now = time.monotonic()
    give_up, wrong_until = now + seconds, None
    while not question.right(answer := ask(url, question)):
        now = time.monotonic()
        wrong_until = wrong_until or (now + WRONG_S if answer else None)
        if any(server.ended() for server in servers) or now > (wrong_until or give_up):
            logs = "\n".join(f"{server.name}'s log ends in:\n{server.log_end()}" for server in servers)
            raise NotRight(f"no right answer but {json.dumps(answer)[:500]}\n{logs}")
        time.sleep(0.2)


def wait_until_rest(servers: Sequence[Server], at_rest: float, *, seconds: float) -> None:
    """What a load left behind in queues is none of the next one's business. `at_rest` is in cores, as `busy` tells."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up and busy(servers, seconds=0.25) > at_rest + RESTING:
        pass


def busy(servers: Sequence[Server], *, seconds: float) -> float:
    """How many cores the servers use, over so many seconds."""
    used = sum(server.cpu_seconds() for server in servers)
    time.sleep(seconds)
    return (sum(server.cpu_seconds() for server in servers) - used) / seconds


def ask(url: str, question: Question) -> Any:
    """The answer, or None where there is no good one yet."""
    headers = {"Content-Type": "application/json"}
    try:
        response = httpx2.post(url + question.path, content=question.body, headers=headers, timeout=30, trust_env=False)
    except httpx2.HTTPError:
        return None
    return response.json() if response.status_code == 200 else None


def free_ports(count: int) -> range:
    """Ports that are free now, one after another; below those that systems give to clients, of whom wrk has many."""
    blocks = (range(first, first + count) for first in range(20_000, 32_000, count))
    return next(ports for ports in blocks if not any(taken(port) for port in ports))


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)
