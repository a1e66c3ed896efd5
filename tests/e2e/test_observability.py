"""The profile `observability`: Prometheus as it is shipped, but for how often it looks, on the stack under traffic."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.e2e.observability import DASHBOARDS, queries, rules
from tests.e2e.watched import Watched, training_rows, watched_stack
from tests.processes import free_ports, until
from tests.stack import Stack


@pytest.fixture(scope="module")
def watched(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("prometheus")
    folder.chmod(0o755)
    with watched_stack(stack, free_ports(1)[0], folder) as watched:
        yield watched


def psi(actual: Sequence[float], expected: Sequence[float]) -> float:
    """Of two sets of counts, bin by bin, as the literature has it."""
    a, e = (np.clip(np.array(counts) / sum(counts), 0.0001, None) for counts in (actual, expected))
    return float(((a - e) * np.log(a / e)).sum())


def by_decile(values: Sequence[float], trained_on: Sequence[float]) -> NDArray[np.intp]:
    """How many values lie between the deciles of others."""
    edges = np.unique(np.quantile(trained_on, np.arange(1, 10) / 10))
    return np.bincount(np.searchsorted(edges, values), minlength=len(edges) + 1)


def recorded(watched: Watched, name: str, label: str) -> Mapping[str, float]:
    return {labels[label]: value for labels, value in watched.prometheus.asked(name)}


def test_every_replica_of_every_service_is_scraped_once(watched: Watched) -> None:
    up = {"frontend": 1, "gateway": 2, "model-sklearn": 1, "model-tf": 1}
    assert watched.prometheus.targets() == {job: ["up"] * replicas for job, replicas in up.items()}


def test_every_rule_is_evaluated_without_an_error(watched: Watched) -> None:
    def evaluated() -> bool:
        return all(rule["health"] != "unknown" for rule in watched.prometheus.rules())

    until(evaluated, seconds=20, what="every rule to be evaluated")
    found = watched.prometheus.rules()
    assert {rule["name"] for rule in found if rule["health"] != "ok" or rule.get("lastError")} == set()
    assert len(found) == len([*rules("alert"), *rules("record")])


@pytest.mark.parametrize("dashboard", DASHBOARDS, ids=lambda path: path.stem)
def test_every_query_of_a_dashboard_finds_numbers(watched: Watched, dashboard: Path) -> None:
    asked = list(queries(dashboard))
    assert asked
    found = {query: watched.prometheus.asked(query.expression) for query in asked}
    assert [query for query, series in found.items() if not any(math.isfinite(value) for _, value in series)] == []


def test_the_index_of_each_feature_is_that_of_the_rows_that_were_sent_to_both_gateways(watched: Watched) -> None:
    trained = training_rows()
    expected = {}
    for name in trained[0]:
        values = [row[name] for row in trained]
        sent = by_decile([row[name] for row in watched.sent], values)
        expected[name] = psi(sent.tolist(), by_decile(values, values).tolist())
    assert expected["sepal_length"] > 0.25
    assert recorded(watched, "release_feature:feature_psi:1h", "feature") == pytest.approx(expected, abs=0.01)


def test_the_index_of_each_models_classes_is_that_of_its_answers(watched: Watched) -> None:
    answers = watched.answers(watched.sent)
    expected = {}
    models = watched.client.get("/models").json()
    for model in models["models"]:
        predicted = Counter(answer["models"][model["name"]]["prediction"] for answer in answers)
        trained = np.sum(model["metrics"]["confusion_matrix"], axis=0).tolist()
        expected[model["name"]] = psi([predicted[label] for label in models["classes"]], trained)
    assert recorded(watched, "release_model:class_psi:1h", "model") == pytest.approx(expected, abs=0.01)


def test_the_share_of_rows_out_of_range_is_that_of_the_rows_that_were_sent(watched: Watched) -> None:
    longest = max(row["sepal_length"] for row in training_rows())
    beyond = sum(row["sepal_length"] > longest for row in watched.sent) / len(watched.sent)
    assert beyond > 0.05
    found = recorded(watched, "release_feature:feature_out_of_range:share1h", "feature")
    assert found == pytest.approx(dict.fromkeys(found, 0.0) | {"sepal_length": beyond}, abs=0.01)


def test_a_stack_that_is_well_fires_no_alert_and_what_drifts_is_about_to(watched: Watched) -> None:
    alerts = [labels for labels, _ in watched.prometheus.asked("ALERTS")]
    assert [labels for labels in alerts if labels["alertstate"] == "firing"] == []
    assert {("FeatureDrift", "sepal_length"), ("OutOfRange", "sepal_length")} <= {
        (labels["alertname"], labels.get("feature", "")) for labels in alerts
    }
