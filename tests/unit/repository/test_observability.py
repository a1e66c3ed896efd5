"""What Prometheus and Grafana are told fits together, and an alert says what to do."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "observability"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if "build" in service}
GRAFANA = SERVICES["grafana"]
DASHBOARDS = {path.stem: json.loads(path.read_text()) for path in (FOLDER / "grafana/dashboards").glob("*.json")}
ALERTS: list[dict[str, Any]] = [
    rule
    for path in (FOLDER / "prometheus/rules").glob("*.yml")
    for group in yaml.safe_load(path.read_text())["groups"]
    for rule in group["rules"]
    if "alert" in rule
]
TESTS = "".join(path.read_text() for path in (FOLDER / "prometheus/tests").glob("*.yml"))


def provisioned(name: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((FOLDER / "grafana/provisioning" / name).read_text())
    return document


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
class TestEveryAlert:
    def test_it_says_what_is_wrong_what_to_do_and_where_more_stands(self, alert: dict[str, Any]) -> None:
        name = alert["alert"]
        assert alert["labels"]["severity"] in ("critical", "warning")
        assert set(alert["annotations"]) == {"summary", "description", "runbook"}
        path, anchor = alert["annotations"]["runbook"].split("#")
        assert anchor == name.lower()
        assert re.search(rf"^#+ {name}$", (ROOT / path).read_text(), re.MULTILINE)

    def test_a_test_of_its_own_sees_it_fire(self, alert: dict[str, Any]) -> None:
        assert (
            f'ALERTS{{alertname="{alert["alert"]}",alertstate="firing",severity="{alert["labels"]["severity"]}"'
            in TESTS
        )


def test_operations_has_no_heading_for_an_alert_that_there_is_not() -> None:
    alerts = (ROOT / "docs/operations.md").read_text().partition("## Alerts")[2].partition("\n## ")[0]
    assert set(re.findall(r"^### (\w+)$", alerts, re.MULTILINE)) == {alert["alert"] for alert in ALERTS}


def test_every_service_of_ours_that_goes_on_is_scraped() -> None:
    lasting = {name for name in OURS - {"trainer"} if "profiles" not in SERVICES[name]}
    jobs = yaml.safe_load((FOLDER / "prometheus/prometheus.yml").read_text())["scrape_configs"]
    assert {job["job_name"] for job in jobs} == lasting
    assert all(job["dns_sd_configs"][0]["names"] == [job["job_name"]] for job in jobs)


def test_every_dashboard_is_shown_and_asks_the_source_that_grafana_is_given() -> None:
    [source] = provisioned("datasources/prometheus.yml")["datasources"]
    [provider] = provisioned("dashboards/triptych.yml")["providers"]
    assert f"./observability/grafana/dashboards:{provider['options']['path']}:ro" in GRAFANA["volumes"]
    panels = [panel for dashboard in DASHBOARDS.values() for panel in dashboard["panels"]]
    assert {panel["datasource"]["uid"] for panel in panels} == {source["uid"]}
    assert {name: dashboard["uid"] for name, dashboard in DASHBOARDS.items()} == {name: name for name in DASHBOARDS}
    assert GRAFANA["environment"]["GF_USERS_HOME_PAGE"].removeprefix("/d/") in DASHBOARDS


def test_no_panel_lies_over_another_or_beyond_the_edge() -> None:
    for name, dashboard in DASHBOARDS.items():
        cells = [
            (x, y)
            for at in (panel["gridPos"] for panel in dashboard["panels"])
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        ]
        assert len(cells) == len(set(cells)), name
        assert max(x for x, _ in cells) < 24, name


def test_images_of_others_are_named_to_the_last_digit_and_ci_has_that_of_prometheus() -> None:
    images = {name: service["image"] for name, service in SERVICES.items() if name not in OURS}
    assert set(images) == {"grafana", "prometheus"}
    assert all(re.fullmatch(r"\S+:v?\d+\.\d+\.\d+", image) for image in images.values())
    assert images["prometheus"] in (ROOT / ".ci/run").read_text().split()


def test_a_prometheus_that_is_made_for_ci_is_of_the_release_that_is_shipped() -> None:
    made = (ROOT / ".ci/ensure-images").read_text()
    assert f"{SERVICES['prometheus']['image']}) prometheus ;;" in made
    [release] = re.findall(r"grep ' version (\d+)\\\.(\d+)\\\.'", made)
    assert SERVICES["prometheus"]["image"].startswith(f"prom/prometheus:v{'.'.join(release)}.")


def test_grafana_is_as_hardened_as_the_rest_and_open_to_this_host_and_prometheus_alone() -> None:
    assert {key: GRAFANA[key] for key in COMPOSE["x-container"] if key != "tmpfs"} == {
        key: value for key, value in COMPOSE["x-container"].items() if key != "tmpfs"
    }
    assert GRAFANA["ports"] == ["127.0.0.1:${GRAFANA_PORT:-3000}:3000"]
    assert GRAFANA["networks"] == ["observability"]
    assert GRAFANA["environment"]["GF_AUTH_ANONYMOUS_ORG_ROLE"] == "Viewer"
    assert all(volume.endswith(":ro") for volume in GRAFANA["volumes"])
    assert GRAFANA["mem_limit"]
    assert GRAFANA["cpus"] <= 1
