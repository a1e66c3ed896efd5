"""What the profile `observability` is made of, and its Prometheus as a person asks it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import yaml

from tests.stack import ROOT

FOLDER = ROOT / "observability"
DASHBOARDS = sorted((FOLDER / "grafana/dashboards").glob("*.json"))
RULES = sorted((FOLDER / "prometheus/rules").glob("*.yml"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
IMAGE: str = COMPOSE["services"]["prometheus"]["image"]


class Query(NamedTuple):
    """One of a dashboard's."""

    panel: str
    expression: str


def queries(dashboard: Path) -> Iterator[Query]:
    """All of them, over the time of a test instead of the one that Grafana fills in."""
    for panel in json.loads(dashboard.read_text())["panels"]:
        for target in panel["targets"]:
            yield Query(panel["title"], re.sub(r"\$__(rate_interval|range)", "2m", target["expr"]))


def rules(kind: str) -> Iterator[dict[str, Any]]:
    """All of one kind, `alert` or `record`, as they stand in their files."""
    for path in RULES:
        for group in yaml.safe_load(path.read_text())["groups"]:
            yield from (rule for rule in group["rules"] if kind in rule)


class Prometheus:
    """The API of one that runs."""

    def __init__(self, port: int) -> None:
        self._client = httpx2.Client(base_url=f"http://127.0.0.1:{port}/api/v1/", trust_env=False)

    def _get(self, path: str, **parameters: str) -> Any:
        body = self._client.get(path, params=parameters).json()
        assert body["status"] == "success", body
        return body["data"]

    def asked(self, expression: str) -> list[tuple[dict[str, str], float]]:
        """The labels and the value of each series that an expression has now."""
        data = self._get("query", query=expression)
        assert data["resultType"] == "vector", expression
        return [(series["metric"], float(series["value"][1])) for series in data["result"]]

    def targets(self) -> dict[str, list[str]]:
        """How each scraped service's replicas are, by its name."""
        found: dict[str, list[str]] = {}
        for target in self._get("targets")["activeTargets"]:
            found.setdefault(target["labels"]["job"], []).append(target["health"])
        return found

    def rules(self) -> list[dict[str, Any]]:
        return [rule for group in self._get("rules")["groups"] for rule in group["rules"]]

    def close(self) -> None:
        self._client.close()
