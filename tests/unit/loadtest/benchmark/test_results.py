"""Medians, ratios, and a day's file."""

from pathlib import Path

from loadtest.benchmark.results import Results, load, save
from tests.unit.loadtest.benchmark.measurements import measurement, session


def test_the_median_is_over_the_rounds_and_errors_add_up() -> None:
    rounds = [measurement("echo", rate, errors=1, turn=turn) for turn, rate in enumerate((100, 900, 200))]
    median = session(*rounds).median("echo", 64)
    assert median is not None
    assert (median.requests_per_s, median.errors, median.requests) == (200, 3, 3_000)


def test_who_did_not_run_has_no_median_and_no_ratio() -> None:
    assert session().median("echo", 64) is None
    assert session(measurement("echo", 100)).ratio("triptych", "echo", 64, "requests_per_s") is None


def test_a_ratio_is_taken_within_each_round_before_the_median() -> None:
    slow_first_round = session(
        *(measurement("triptych", rate, turn=turn) for turn, rate in enumerate((10, 110, 120))),
        *(measurement("echo", rate, turn=turn) for turn, rate in enumerate((10, 100, 100))),
    )
    assert slow_first_round.ratio("triptych", "echo", 64, "requests_per_s") == 1.1


def test_a_day_is_read_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-25.json"
    results = Results("2026-11-25", {"cores": 2}, {"core": session(measurement("echo", 100))}, {"csv": {"rows": 1}})
    save(results, path)
    assert load(path) == results


def test_a_day_without_a_file_is_empty(tmp_path: Path) -> None:
    assert load(tmp_path / "2026-11-25.json") == Results("2026-11-25")
