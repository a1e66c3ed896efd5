"""Grafana's own types on the dashboards, strictly: a misspelt option is found. No Grafana need run."""

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.e2e.observability import COMPOSE, DASHBOARDS
from tests.machine import lacking
from tests.stack import ROOT

FOLDER = ROOT / "tests/e2e/grafana"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """What a dashboard is to the types of the Grafana that is shipped."""
    if not (FOLDER / "node_modules").exists():
        lacking("Grafana's types are not installed: make test brings them", "REQUIRE_DOCKER")
    npm = [str(ROOT / "scripts/npm"), "--prefix", str(FOLDER), "run", "--silent", "schema"]
    document: dict[str, Any] = json.loads(subprocess.run(npm, capture_output=True, text=True, check=True).stdout)
    return document


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_is_what_grafanas_types_say(schema: dict[str, Any], path: Path) -> None:
    errors = jsonschema_rs.validator_for(schema).iter_errors(json.loads(path.read_text()))
    assert [f"{error.instance_path}: {error.message[:500]}" for error in errors] == []


def test_the_types_are_those_of_the_grafana_that_is_shipped() -> None:
    types = json.loads((FOLDER / "package.json").read_text())["devDependencies"]["@grafana/schema"]
    assert COMPOSE["services"]["grafana"]["image"] == f"grafana/grafana:{types}"
