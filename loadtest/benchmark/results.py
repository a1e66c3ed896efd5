"""What a run found, as `results/<date>.json` keeps it."""

import json
import statistics
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from loadtest.benchmark.wrk import Reading

FOLDER = Path(__file__).with_name("results")


@dataclass(frozen=True, kw_only=True)
class Measurement(Reading):
    """One run of wrk against one contender."""

    contender: str
    connections: int
    turn: int


@dataclass(frozen=True)
class SessionResult:
    """Contenders that ran beside each other. `skipped` maps the name of one that could not to the reason."""

    at: str
    seconds: float
    measurements: list[Measurement]
    skipped: dict[str, str]

    def contenders(self) -> list[str]:
        return list(dict.fromkeys(one.contender for one in self.measurements))

    def connections(self) -> list[int]:
        return list(dict.fromkeys(one.connections for one in self.measurements))

    def of(self, contender: str, connections: int) -> list[Measurement]:
        return [one for one in self.measurements if (one.contender, one.connections) == (contender, connections)]

    def median(self, contender: str, connections: int) -> Reading | None:
        """The median over the rounds of each number, and the sum of errors and requests."""
        rounds = self.of(contender, connections)
        if not rounds:
            return None
        return Reading(
            statistics.median(one.requests_per_s for one in rounds),
            statistics.median(one.p50_ms for one in rounds),
            statistics.median(one.p99_ms for one in rounds),
            sum(one.errors for one in rounds),
            sum(one.requests for one in rounds),
        )

    def ratio(self, contender: str, other: str, connections: int, number: str) -> float | None:
        """The median of the rounds' ratios: within a round, both saw the same machine."""
        others = {one.turn: getattr(one, number) for one in self.of(other, connections)}
        ours = {one.turn: getattr(one, number) for one in self.of(contender, connections)}
        ratios = [ours[turn] / others[turn] for turn in ours if others.get(turn)]
        return statistics.median(ratios) if ratios else None


@dataclass
class Results:
    """A day's: sessions by name, and single figures by name. What runs again replaces its own part only."""

    date: str
    machine: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, SessionResult] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def today() -> Path:
    return FOLDER / f"{datetime.now(UTC):%Y-%m-%d}.json"


def load(path: Path) -> Results:
    """A day's results; empty where there are none yet."""
    if not path.exists():
        return Results(path.stem)
    document = json.loads(path.read_text())
    for name, session in document["sessions"].items():
        measurements = [Measurement(**one) for one in session["measurements"]]
        document["sessions"][name] = SessionResult(**{**session, "measurements": measurements})
    return Results(**document)


def save(results: Results, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(results), indent=1) + "\n")
