"""Lighthouse's view of the page, through nginx. Its performance depends on the machine: it is told, not judged."""

import json
import os
import subprocess

import pytest

from tests.machine import lacking
from tests.processes import until
from tests.stack import ROOT, Stack

FOLDER = ROOT / "tests/e2e/lighthouse"
CHROMIUM = "--headless=new --no-sandbox --disable-gpu"


def test_accessibility_and_best_practices_are_at_least_95_of_100(
    stack: Stack, browser_type_launch_args: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    if not (FOLDER / "node_modules").exists():
        lacking("Lighthouse is not installed: make test brings it", "REQUIRE_BROWSER")
    until(stack.all_ready, seconds=60, what="all models to be ready")
    asked = ["--only-categories=accessibility,best-practices,performance", "--output=json", "--quiet"]
    lighthouse = [ROOT / "scripts/npm", "--prefix", FOLDER, "run", "--silent", "lighthouse", "--"]
    done = subprocess.run(
        [*map(str, lighthouse), stack.url, f"--chrome-flags={CHROMIUM}", "--no-enable-error-reporting", *asked],
        env={**os.environ, "CHROME_PATH": str(browser_type_launch_args["executable_path"])},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    scores = {name: round(100 * category["score"]) for name, category in report["categories"].items()}
    with capsys.disabled():
        print(f"\nLighthouse: {scores}")
    short = [audit["id"] for audit in report["audits"].values() if audit["score"] == 0]
    assert min(scores["accessibility"], scores["best-practices"]) >= 95, short
