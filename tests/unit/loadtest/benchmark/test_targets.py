"""The design's ratios, judged."""

from loadtest.benchmark.results import Measurement, Results
from loadtest.benchmark.targets import Verdict, verdicts
from tests.unit.loadtest.benchmark.measurements import measurement, session


def verdict(part: str, results: Results) -> Verdict:
    return next(one for one in verdicts(results) if part in one.what)


def core(*measurements: Measurement) -> Results:
    return Results("2026-11-25", sessions={"core": session(*measurements)})


def test_a_ratio_at_its_target_is_met_and_below_it_missed() -> None:
    equal = verdict("64 connections, against the echo", core(measurement("triptych", 100), measurement("echo", 100)))
    assert (equal.measured, equal.words()) == ("1.00 ×", "met")
    below = verdict("64 connections, against the echo", core(measurement("triptych", 99), measurement("echo", 100)))
    assert below.words() == "missed"


def test_a_latency_above_its_target_is_missed() -> None:
    alone = {"connections": 1}
    results = core(measurement("triptych", 1, p50_ms=0.9, **alone), measurement("echo", 1, p50_ms=0.1, **alone))
    found = verdict("p50 at 1 connection, against the echo", results)
    assert (found.measured, found.words()) == ("9.00 ×", "missed")


def test_nginx_is_compared_with_the_same_processes_without_it() -> None:
    found = verdict("nginx", core(measurement("triptych", 100), measurement("triptych_nginx", 90)))
    assert (found.measured, found.words()) == ("0.90 ×", "met")


def test_what_did_not_run_is_neither_met_nor_missed() -> None:
    assert {one.words() for one in verdicts(Results("2026-11-25"))} == {"not measured"}


def peers(errors: int = 0) -> Results:
    def ours(name: str, rate: float) -> list[Measurement]:
        return [measurement("triptych", 1_000, errors=errors), measurement(name, rate)]

    sessions = {
        "litserve": session(*ours("litserve", 100)),
        "bentoml": session(*ours("bentoml", 150), measurement("bentoml_compiled", 160)),
        "ray": session(*ours("ray", 50)),
    }
    return Results("2026-11-25", sessions=sessions)


def test_the_best_peer_is_the_one_that_counts() -> None:
    found = verdict("best of", peers())
    assert (found.measured, found.words()) == ("6.2 × BentoML, compiled engines, 0 errors", "met")


def test_an_error_of_ours_beside_any_peer_misses_the_target() -> None:
    found = verdict("best of", peers(errors=1))
    assert (found.measured, found.words()) == ("6.2 × BentoML, compiled engines, 3 errors", "missed")


def test_a_peer_that_did_not_run_is_named() -> None:
    results = peers()
    del results.sessions["ray"]
    assert verdict("best of", results).measured.endswith("without ray")


def test_figures_are_judged_and_a_skipped_one_tells_why() -> None:
    results = Results("2026-11-25", figures={"csv": {"skipped": "answers 404"}, "model_tf_idle": {"memory_mb": 151.0}})
    assert verdict("CSV", results).measured == "answers 404"
    assert verdict("model-tf, idle", results).words() == "missed"
