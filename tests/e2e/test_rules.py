"""Prometheus's own tool on the rules: they are well-formed, and every alert fires when it should and only then."""

import subprocess
from pathlib import Path

import pytest

from tests.e2e.observability import FOLDER, IMAGE
from tests.stack import required_engine

TESTS = sorted((FOLDER / "prometheus/tests").glob("*.yml"))


def promtool(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Of the Prometheus that is shipped, with its configuration where it looks for it."""
    required_engine()
    run = ["docker", "run", "--rm", "--network", "none", "--volume", f"{FOLDER / 'prometheus'}:/etc/prometheus:ro"]
    return subprocess.run(
        [*run, "--workdir", "/etc/prometheus", "--entrypoint", "promtool", IMAGE, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_configuration_and_rules_are_found_flawless() -> None:
    checked = promtool("check", "config", "--lint=all", "--lint-fatal", "prometheus.yml")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "FAILED" not in checked.stderr


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_alerts_fire_when_they_should_and_only_then(path: Path) -> None:
    tested = promtool("test", "rules", f"tests/{path.name}")
    assert tested.returncode == 0, tested.stdout + tested.stderr
