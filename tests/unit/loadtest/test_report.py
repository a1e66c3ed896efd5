"""What a run leaves behind."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from loadtest.figures import Figures
from loadtest.limits import Limits
from loadtest.report import LEAST_FAILURES, Report, dead

FAST = Figures(requests=1_000, seconds=10, fail_ratio=0, p95_ms=10, p99_ms=20, requests_per_s=100)
PASSED = Report("smoke", FAST, Limits(), findings={"knee": None}, found="", bugs=[], failures=[], remarks=[])


def test_a_run_that_keeps_to_its_limits_passes() -> None:
    assert PASSED.passed
    assert PASSED.words().endswith("smoke: passed")


def test_a_bug_of_the_load_test_fails_it() -> None:
    broken = replace(PASSED, bugs=["3 times in the load test itself: KeyError"])
    assert not broken.passed
    assert "KeyError" in broken.words()
    assert broken.words().endswith("smoke: FAILED")


def entry(name: str, failures: int, requests: int) -> SimpleNamespace:
    return SimpleNamespace(method="POST", name=name, num_failures=failures, num_requests=requests)


def test_a_kind_of_request_that_was_never_answered_well_fails_a_run_however_seldom_it_is() -> None:
    assert dead(entry("/predict/csv", LEAST_FAILURES, LEAST_FAILURES))
    assert not dead(entry("/predict/csv", LEAST_FAILURES, LEAST_FAILURES + 1))
    assert not dead(entry("/predict/csv", LEAST_FAILURES - 1, LEAST_FAILURES - 1))
    assert not dead(entry("/predict, partial: forest timeout", 9, 9))


def test_the_file_tells_the_reasons_and_the_shapes_findings(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "verdict.json"
    replace(PASSED, figures=replace(FAST, p95_ms=501)).save(str(path))
    told = json.loads(path.read_text())
    assert (told["passed"], told["reasons"], told["knee"]) == (False, ["p95 ms 501, wanted ≤ 500"], None)
    assert told["figures"]["requests"] == 1_000
