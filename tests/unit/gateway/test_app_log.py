"""What the log says of each request, and what `Server-Timing` does."""

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from serving.access_log import FLUSH_S
from serving.store import Manifest

from tests.log_lines import log_lines
from tests.unit.gateway.conftest import System

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("informed")]
INSTANCE = {"length": 2.0, "color": "red", "wet": True, "age": None}


@pytest.fixture
def manifest(publish: Callable[..., Manifest], store_root: Path) -> Manifest:
    return publish(store_root)


@pytest.fixture
async def system(manifest: Manifest, start: Callable[..., Any]) -> System:
    system: System = await start()
    await system.until(lambda body: body["ready"])
    return system


async def test_a_prediction_leaves_one_line_a_service_with_its_id_release_and_each_models_status(
    system: System, manifest: Manifest, capsys: pytest.CaptureFixture[str]
) -> None:
    del system.network.hosts["model-tf"]
    await system.client.post("/predict", json=INSTANCE, headers={"X-Request-ID": "asked-once"})
    *of_models, of_gateway = await log_lines(capsys, "asked-once", 3)
    assert {"time", "level", "request_id", "route", "status", "duration_ms"} <= set(of_gateway)
    assert of_gateway["release"] == manifest.id
    assert of_gateway["models"] == {"forest": "ok", "neighbors": "ok", "network": "unavailable"}
    assert {(line["model"], line["release"], line["rows"]) for line in of_models} == {
        ("forest", manifest.id, 1),
        ("neighbors", manifest.id, 1),
    }
    assert {line["request_id"] for line in of_models} == {"asked-once"}


async def test_requests_that_are_asked_together_are_all_named_by_the_model_service(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    system.network.delays["model-tf"] = 0.05
    ids = [f"together-{number}" for number in range(4)]
    asking = (system.client.post("/predict", json=INSTANCE, headers={"X-Request-ID": each}) for each in ids)
    await asyncio.gather(*asking)
    told: list[dict[str, Any]] = []
    while sum(1 + len(line.get("batched_request_ids", ())) for line in told) < len(ids):
        told += [line for line in await log_lines(capsys, "together", 1) if line.get("model") == "network"]
    named = [name for line in told for name in (line["request_id"], *line.get("batched_request_ids", ()))]
    assert sorted(named) == ids
    assert len(told) < len(ids)


@pytest.mark.parametrize("path", ["/predict/batch", "/predict/csv"])
async def test_the_line_of_many_rows_tells_how_many_and_all_that_came_of_each_model(
    system: System, manifest: Manifest, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    if path == "/predict/batch":
        content = json.dumps({"instances": [INSTANCE] * 600})
        kind = "application/json"
    else:
        content, kind = "length,color,wet,age\n" + "2,red,true,\n" * 600, "text/csv"
    del system.network.hosts["model-tf"]
    await system.client.post(path, content=content, headers={"Content-Type": kind, "X-Request-ID": "many"})
    [of_gateway] = await log_lines(capsys, f'"{path}"', 1)
    assert (of_gateway["release"], of_gateway["rows"]) == (manifest.id, 600)
    assert of_gateway["models"]["forest"] == "ok"
    assert set(of_gateway["models"]["network"].split(",")) <= {"unavailable", "circuit_open"}


async def test_no_log_line_holds_an_input(system: System, capsys: pytest.CaptureFixture[str]) -> None:
    secret = 123.456789
    await system.predict(length=secret)
    await system.predict(length="s3cr3t")
    await system.client.post("/predict/batch", json={"instances": [INSTANCE | {"length": secret, "color": "s3cr3t"}]})
    logged = ""
    async with asyncio.timeout(100 * FLUSH_S):
        while logged.count('"/predict') < 3:
            await asyncio.sleep(FLUSH_S)
            logged += capsys.readouterr().out
    assert "s3cr3t" not in logged
    assert "123.45" not in logged


async def test_an_answer_tells_where_its_time_went(system: System) -> None:
    del system.network.hosts["model-tf"]
    timing = (await system.predict()).headers["server-timing"]
    durations = {name: float(ms) for name, ms in re.findall(r"(\w+);dur=([\d.]+)", timing)}
    assert set(durations) == {"queue", "fanout", "merge", "forest", "neighbors"}
    assert durations["fanout"] >= max(durations["forest"], durations["neighbors"]) > 0
    assert "network;desc=unavailable" in timing
