"""A run, judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loadtest.figures import Figures
from loadtest.limits import Limits

AT_MOST = {"fail_ratio": "fail ratio", "p95_ms": "p95 ms", "p99_ms": "p99 ms"}
AT_LEAST = {"requests_per_s": "requests/s", "requests": "requests"}


@dataclass(frozen=True)
class Judgement:
    what: str
    limit: str
    measured: float
    met: bool


def judged(figures: Figures, limits: Limits) -> list[Judgement]:
    """One judgement for each limit. A run without requests meets none: it has no latencies to be fast with."""
    return [*kept_below(figures, limits), *(_judgement(figures, limits, name, AT_LEAST) for name in AT_LEAST)]


def kept_below(figures: Figures, limits: Limits) -> list[Judgement]:
    """Those of the limits that figures grow into under load."""
    return [_judgement(figures, limits, name, AT_MOST) for name in AT_MOST]


def table(judgements: Sequence[Judgement]) -> str:
    """What was wanted, what was measured, and whether it is enough, a line each."""
    rows = [(each.what, each.limit, f"{each.measured:g}", "met" if each.met else "MISSED") for each in judgements]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _judgement(figures: Figures, limits: Limits, name: str, bounds: Mapping[str, str]) -> Judgement:
    measured, limit, most = float(getattr(figures, name)), float(getattr(limits, name)), bounds is AT_MOST
    met = bool(figures.requests) and (measured <= limit if most else measured >= limit)
    return Judgement(bounds[name], f"{'≤' if most else '≥'} {limit:g}", round(measured, 4), met)
