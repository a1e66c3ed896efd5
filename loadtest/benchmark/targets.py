"""The numbers that the design answers to: each with its target, what was measured, and whether it was met."""

from collections.abc import Iterator
from dataclasses import dataclass

from loadtest.benchmark.line_up import TITLES
from loadtest.benchmark.results import Results, SessionResult

PEERS = ("litserve", "bentoml", "ray")


@dataclass(frozen=True)
class Verdict:
    """`met` is None where nothing was measured, and `measured` then says why."""

    what: str
    target: str
    measured: str
    met: bool | None

    def words(self) -> str:
        return {True: "met", False: "missed", None: "not measured"}[self.met]


def verdicts(results: Results) -> list[Verdict]:
    core = results.sessions.get("core")
    return [
        _ratio(core, "`/predict` at 64 connections, against the echo", "echo", 64, at_least=1.0),
        _ratio(core, "p50 at 1 connection, against the echo's", "echo", 1, at_most=6),
        _ratio(
            core, "through nginx at 64 connections, against without", "triptych", 64, at_least=0.85, of="triptych_nginx"
        ),
        _best_peer(results),
        _ratio(core, "at 64 connections, against plain FastAPI on the same engines", "plain", 64, at_least=4),
        _ratio(core, "p50 at 1 connection, against plain FastAPI's", "plain", 1, at_most=2),
        *_figures(results),
    ]


def _ratio(
    session: SessionResult | None,
    what: str,
    other: str,
    connections: int,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
    of: str = "triptych",
) -> Verdict:
    """Requests a second where the target is a least ratio, the median latency where it is a largest."""
    target = f"≥ {at_least:g} ×" if at_least is not None else f"≤ {at_most:g} ×"
    number = "requests_per_s" if at_least is not None else "p50_ms"
    ratio = session.ratio(of, other, connections, number) if session else None
    if ratio is None:
        return Verdict(what, target, "did not run", None)
    met = (at_least is None or ratio >= at_least) and (at_most is None or ratio <= at_most)
    return Verdict(what, target, f"{ratio:.2f} ×", met)


def _best_peer(results: Results) -> Verdict:
    what, target = "at 64 connections, against the best of LitServe, BentoML and Ray Serve", "≥ 5 ×, 0 errors"
    sessions = [results.sessions[name] for name in PEERS if name in results.sessions]
    ratios = {
        peer: ratio
        for session in sessions
        for peer in session.contenders()
        if peer != "triptych" and (ratio := session.ratio("triptych", peer, 64, "requests_per_s"))
    }
    errors = sum(one.errors for session in sessions for one in session.of("triptych", 64))
    if not ratios:
        return Verdict(what, target, "did not run: `make bench-peers`", None)
    best = min(ratios, key=lambda peer: ratios[peer])
    missing = " and ".join(sorted(set(PEERS) - {peer.partition("_")[0] for peer in ratios}))
    without = f", without {missing}" if missing else ""
    return Verdict(
        what, target, f"{ratios[best]:.1f} × {TITLES[best]}, {errors} errors{without}", ratios[best] >= 5 and not errors
    )


def _figures(results: Results) -> Iterator[Verdict]:
    csv, idle = results.figures.get("csv", {}), results.figures.get("model_tf_idle", {})
    yield _figure(csv, "rows_per_s", "CSV of 100,000 rows through all models", "≥ {:,} rows/s", 40_000, least=True)
    yield _figure(csv, "gateway_growth_mb", "the gateway's memory meanwhile", "grows by < {:,} MB", 50, least=False)
    yield _figure(idle, "memory_mb", "model-tf, idle", "≤ {:,} MB", 150, least=False)
    yield _figure(idle, "ready_s", "model-tf, ready after its start", "≤ {:,} s", 3, least=False)


def _figure(figures: dict[str, object], name: str, what: str, target: str, bound: float, *, least: bool) -> Verdict:
    value, unit = figures.get(name), target.partition("} ")[2]
    if not isinstance(value, int | float):
        return Verdict(what, target.format(bound), str(figures.get("skipped", "did not run")), None)
    shown = f"{value:,.0f} {unit}" if value >= 10 else f"{value:,.1f} {unit}"
    return Verdict(what, target.format(bound), shown, value >= bound if least else value <= bound)
