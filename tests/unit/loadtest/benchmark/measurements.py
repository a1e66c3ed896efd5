"""Results of a few lines."""

from loadtest.benchmark.results import Measurement, SessionResult


def session(*measurements: Measurement, skipped: dict[str, str] | None = None) -> SessionResult:
    return SessionResult("2026-11-25T10:00:00+00:00", 5, list(measurements), skipped or {})


def measurement(
    contender: str, requests_per_s: float, *, p50_ms: float = 1, errors: int = 0, connections: int = 64, turn: int = 0
) -> Measurement:
    return Measurement(
        requests_per_s, p50_ms, 10.0, errors, 1_000, contender=contender, connections=connections, turn=turn
    )
