"""What `/metrics` tells of a gateway that was asked something."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from serving.store import Manifest

from tests.unit.gateway.conftest import System

pytestmark = pytest.mark.anyio
SYNTHETIC = {"X-Synthetic": "1"}


class Told:
    """The samples of a service's metrics."""

    def __init__(self, text: str) -> None:
        self._samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]

    def all(self, name: str, **labels: str) -> list[Sample]:
        return [each for each in self._samples if each.name == name and labels.items() <= each.labels.items()]

    def sum(self, name: str, **labels: str) -> float:
        return sum(sample.value for sample in self.all(name, **labels))


async def told(system: System) -> Told:
    return Told((await system.client.get("/metrics")).text)


@pytest.fixture
async def system(publish: Callable[..., Manifest], store_root: Path, start: Callable[..., Any]) -> System:
    publish(store_root)
    system: System = await start()
    await system.until(lambda body: body["ready"])
    return system


async def test_each_member_is_told_by_outcome_engine_and_class(system: System) -> None:
    await system.predict()
    del system.network.hosts["model-tf"]
    await system.predict()
    metrics = await told(system)
    assert metrics.sum("member_outcomes_total", model="forest", engine="constant", outcome="ok") == 2
    assert metrics.sum("member_outcomes_total", model="network", engine="", outcome="unavailable") == 1
    assert metrics.sum("member_predictions_total", model="forest", **{"class": "cat"}) == 2
    assert metrics.sum("member_predictions_total", model="network", **{"class": "dog"}) == 1


async def test_agreement_is_told_of_each_member_and_of_the_vote(system: System) -> None:
    await system.predict()  # forest and neighbors say cat, as does the vote, the network dog
    metrics = await told(system)
    agreed = {each.labels["model"]: each.value for each in metrics.all("member_agreements_total")}
    assert agreed == {"forest": 1, "neighbors": 1, "network": 0}
    assert metrics.sum("vote_predictions_total", unanimous="false", partial="false", **{"class": "cat"}) == 1
    assert metrics.sum("vote_predictions_total") == 1


async def test_inputs_are_told_by_bin_and_synthetic_ones_apart(system: System) -> None:
    await system.predict(color="red")
    await system.client.post(
        "/predict/batch",
        json={"instances": [{"length": 99.0, "color": "green", "wet": True, "age": None}] * 3},
        headers=SYNTHETIC,
    )
    metrics = await told(system)
    assert metrics.sum("feature_rows_total", feature="color", bin="red", synthetic="false") == 1
    assert metrics.sum("feature_rows_total", feature="color", bin="(unseen)", synthetic="true") == 3
    assert metrics.sum("feature_rows_total", feature="color", bin="(unseen)", synthetic="false") == 0
    assert metrics.sum("feature_out_of_range_total", feature="length", synthetic="true") == 3
    assert metrics.sum("feature_out_of_range_total", synthetic="false") == 0


async def test_every_way_to_ask_is_counted(system: System) -> None:
    await system.predict()
    table, csv = "length,color,wet,age\n1,red,true,2\n", {"Content-Type": "text/csv"}
    assert (await system.client.post("/predict/csv", content=table, headers=csv)).status_code == 200
    tensor = {"name": "input", "shape": [1, 4], "datatype": "FP64", "data": [1, 1, 1, 2]}
    await system.client.post("/v2/models/forest/infer", json={"inputs": [tensor]}, headers=SYNTHETIC)
    metrics = await told(system)
    assert metrics.sum("member_predictions_total", model="forest", synthetic="false") == 2
    assert metrics.sum("member_predictions_total", model="forest", synthetic="true") == 1
    assert metrics.sum("inference_calls_total", model="forest", outcome="success") == 1


async def test_a_release_tells_how_its_training_rows_fill_bins_and_classes(
    system: System, publish: Callable[..., Manifest], store_root: Path
) -> None:
    features = [{"name": "length", "kind": "number", "quantiles": [0, 1, 2], "bin_rows": [5, 15]}]
    release = publish(store_root, features=features).id
    await system.until(lambda body: body["release"] == release)
    metrics = await told(system)
    assert {each.labels["bin"]: each.value for each in metrics.all("feature_training_share", release=release)} == {
        "<=1.0": 0.25,
        ">1.0": 0.75,
    }
    shares = {
        each.labels["class"]: each.value
        for each in metrics.all("member_training_share", release=release, model="forest")
    }
    assert shares == {"cat": 0.5, "dog": 0.5}


async def test_calls_and_waits_are_told(system: System) -> None:
    await system.predict()
    metrics = await told(system)
    assert metrics.sum("fanout_rows_sum") == metrics.sum("fanout_wait_seconds_count") == 1
    assert metrics.sum("member_call_rows_sum", model="network") == 1
    assert metrics.sum("member_call_seconds_count", model="network") == 1


async def test_members_are_told_as_they_are_now(system: System) -> None:
    del system.network.hosts["model-tf"]
    for _ in range(5):
        await system.predict()
    await system.until(lambda body: body["models"]["network"] == "unavailable")
    metrics = await told(system)
    assert {each.labels["model"]: each.value for each in metrics.all("member_ready")} == {
        "forest": 1,
        "neighbors": 1,
        "network": 0,
    }
    assert metrics.sum("member_breaker_open", model="network") == 1
    assert metrics.sum("member_breaker_open", model="forest") == 0
    assert metrics.sum("member_retries_total", backend="tensorflow") == 5


async def test_what_is_refused_at_once_is_counted_by_its_limit(
    publish: Callable[..., Manifest], store_root: Path, start: Callable[..., Any]
) -> None:
    publish(store_root)
    system: System = await start(max_in_flight=1)
    await system.until(lambda body: body["ready"])
    system.network.delays["model-sklearn"] = 0.2
    answers = await asyncio.gather(*(system.predict() for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 503, 503]
    assert (await told(system)).sum("requests_shed_total", limit="predictions") == 2
