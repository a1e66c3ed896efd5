"""Measuring a session: its contenders are asked in turn, round after round, so that all see the same machine."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from serving.store import ReleaseStore

from loadtest.benchmark.contender import Contender
from loadtest.benchmark.home import NotInstalled, home
from loadtest.benchmark.line_up import Session
from loadtest.benchmark.results import Measurement, SessionResult, now
from loadtest.benchmark.server import (
    ROOT,
    NotRight,
    Server,
    busy,
    free_ports,
    running,
    wait_until_rest,
    wait_until_right,
)
from loadtest.benchmark.wrk import Reading, wrk
from scripts.run import SERVICES, environment

WARM_UP_CONNECTIONS = 16
WARM_UP_S = 2
SETTLE_S = 2
READY_S = 90
REST_S = 60


@dataclass(frozen=True)
class Plan:
    connections: Sequence[int] = (1, 16, 64, 256)
    rounds: int = 3
    seconds: float = 5


@dataclass(frozen=True)
class Running:
    contender: Contender
    url: str
    servers: Sequence[Server]
    at_rest: float  # of a core, which some use while nobody asks them


def measure(session: Session, plan: Plan, store: Path) -> SessionResult:
    """Raises nothing where a contender cannot run: it is skipped, and the reason is part of the result."""
    result = SessionResult(now(), plan.seconds, [], {})
    if session.one_at_a_time:
        for turn in range(plan.rounds):
            for contender in session.contenders:
                _measure([contender], plan, [turn], store, result)
    else:
        _measure(session.contenders, plan, range(plan.rounds), store, result)
    return result


def _measure(
    contenders: Sequence[Contender], plan: Plan, turns: Sequence[int], store: Path, result: SessionResult
) -> None:
    """Start contenders beside each other, and ask them in turn."""
    ports: dict[str, int] = {}
    with ExitStack() as stack:
        standing = []
        for contender in contenders:
            try:
                if contender.name not in result.skipped:
                    standing.append(stack.enter_context(started(contender, ports, store)))
            except (NotInstalled, NotRight) as reason:
                print(f"{contender.title} is left out: {reason}", flush=True)
                result.skipped[contender.name] = str(reason).splitlines()[0]  # the rest may name paths
        for one in standing:
            _wrk(one, WARM_UP_CONNECTIONS, WARM_UP_S)
        for connections in plan.connections:
            for turn in turns:
                result.measurements.extend(_measurement(one, connections, turn, plan.seconds) for one in standing)


@contextmanager
def started(contender: Contender, ports: dict[str, int], store: Path) -> Iterator[Running]:
    """The contender's processes, once they answer rightly. `ports` is what ran before, and gets this one's.

    Raises NotInstalled or NotRight.
    """
    own = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
    ports[contender.name] = own["gateway"]
    settings = variables(contender, own, store) | {f"{name.upper()}_PORT": str(port) for name, port in ports.items()}
    servers = [Server(name, command, settings) for name, command in contender.commands.items()]
    with running(servers):
        url = f"http://127.0.0.1:{own['gateway']}"
        print(f"{contender.title} starts …", flush=True)
        wait_until_right(servers, url, contender.question, seconds=READY_S)
        time.sleep(SETTLE_S)
        yield Running(contender, url, servers, busy(servers, seconds=1))


def variables(contender: Contender, ports: dict[str, int], store: Path) -> dict[str, str]:
    """What a contender's commands find in their environment. Raises NotInstalled."""
    shared = environment(ports)
    releases = ReleaseStore(store)
    return {
        **shared,
        "PATH": f"{home(contender.home)}:{shared['PATH']}",
        "PORT": str(ports["gateway"]),
        "PYTHONPATH": str(ROOT),
        "MODEL_STORE": str(store),
        "RELEASE": str(releases.folder(releases.current_id())),
        **contender.settings,
    }


def _wrk(one: Running, connections: int, seconds: float) -> Reading:
    question = one.contender.question
    reading = wrk(one.url + question.path, question.body, connections=connections, seconds=seconds)
    wait_until_rest(one.servers, one.at_rest, seconds=REST_S)
    return reading


def _measurement(one: Running, connections: int, turn: int, seconds: float) -> Measurement:
    reading = _wrk(one, connections, seconds)
    made = Measurement(**vars(reading), contender=one.contender.name, connections=connections, turn=turn)
    print(
        f"{connections:4} connections, round {turn + 1}, {one.contender.title}: {made.requests_per_s:,.0f} requests/s, "
        f"p50 {made.p50_ms:.2f} ms, p99 {made.p99_ms:.2f} ms, {made.errors} errors",
        flush=True,
    )
    return made
