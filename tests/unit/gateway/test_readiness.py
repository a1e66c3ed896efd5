from types import SimpleNamespace
from typing import Any

from gateway.readiness import PATIENCE_S, ReadinessGate
from serving.draining import Draining


class Releases:
    """As `ActiveRelease`, with the members that are ready given by name."""

    problem = None

    def __init__(self, *ready: str) -> None:
        self.ready = set(ready)
        self.current = SimpleNamespace(id="r1", members=[SimpleNamespace(name=name) for name in ("a", "b", "c")])

    def unready(self, member: Any) -> str | None:
        return None if member.name in self.ready else "connection refused"

    def refused(self) -> dict[str, str]:
        return {}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def gate(releases: Releases, min_models: int = 1) -> tuple[ReadinessGate, Clock]:
    clock = Clock()
    return ReadinessGate(releases, min_models, Draining(), clock), clock  # type: ignore[arg-type]


def test_it_opens_when_all_members_are_ready() -> None:
    releases = Releases("a", "b")
    opening, _ = gate(releases)
    assert not opening.check().ready
    releases.ready.add("c")
    assert opening.check().ready


def test_it_opens_with_one_member_after_twenty_seconds() -> None:
    opening, clock = gate(Releases("a"))
    clock.now = PATIENCE_S - 0.1
    assert not opening.check().ready
    clock.now = PATIENCE_S
    assert opening.check().ready


def test_it_does_not_open_without_any_member() -> None:
    opening, clock = gate(Releases())
    clock.now = PATIENCE_S * 10
    assert not opening.check().ready


def test_once_open_it_stays_so_while_enough_are_ready() -> None:
    releases = Releases("a", "b", "c")
    opening, _ = gate(releases, min_models=2)
    assert opening.check().ready
    releases.ready = {"a", "b"}
    assert opening.check().ready
    releases.ready = {"a"}
    readiness = opening.check()
    assert not readiness.ready
    assert readiness.models == {"a": "ready", "b": "unavailable", "c": "unavailable"}
    assert readiness.detail == "b: connection refused; c: connection refused"
    releases.ready = {"a", "b"}
    assert opening.check().ready


def test_a_gateway_that_drains_is_not_ready() -> None:
    draining = Draining()
    releases = Releases("a", "b", "c")
    closing = ReadinessGate(releases, 1, draining, Clock())  # type: ignore[arg-type]
    assert closing.check().ready
    draining.begin()
    assert not closing.check().ready
    assert closing.check().detail == "it is about to stop"
