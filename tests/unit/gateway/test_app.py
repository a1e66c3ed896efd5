import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from serving.store import Manifest

pytestmark = pytest.mark.anyio
Start = Callable[..., Awaitable[Any]]
Publish = Callable[..., Manifest]


def all_ready(body: dict[str, Any]) -> bool:
    return bool(body["ready"]) and set(body["models"].values()) == {"ready"}


async def test_every_model_answers_and_the_vote_stands_on_top(start: Start, publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root)
    system = await start()
    await system.until(all_ready)
    answer = (await system.predict()).json()
    assert answer["prediction"] == "cat"
    assert answer["probability"] == pytest.approx(0.7)
    assert answer["agreement"] == {"votes": 2, "of": 3, "asked": 3}
    assert answer["partial"] is False
    assert {name: part["prediction"] for name, part in answer["models"].items()} == {
        "forest": "cat",
        "neighbors": "cat",
        "network": "dog",
    }
    assert {part["version"] for part in answer["models"].values()} == {manifest.id}
    assert answer["release"] == manifest.id
    assert answer["warnings"] == []


async def test_a_caller_may_ask_some_models_only(start: Start, publish: Publish, store_root: Path) -> None:
    publish(store_root)
    system = await start()
    await system.until(all_ready)
    body = {"length": 2, "color": "red", "wet": True, "age": 1}
    answer = (await system.client.post("/predict?models=network,forest", json=body)).json()
    assert list(answer["models"]) == ["forest", "network"]
    refused = await system.client.post("/predict?models=nobody", json=body)
    assert refused.status_code == 422
    assert "forest, neighbors, network" in refused.json()["detail"]


async def test_a_model_service_that_is_down_makes_the_answer_partial_and_is_named(
    start: Start, publish: Publish, store_root: Path
) -> None:
    publish(store_root)
    system = await start()
    await system.until(all_ready)
    del system.network.hosts["model-tf"]
    response = await system.predict()
    answer = response.json()
    assert response.status_code == 200
    assert answer["partial"] is True
    assert answer["agreement"] == {"votes": 2, "of": 2, "asked": 3}
    assert answer["models"]["network"] == {"status": "unavailable", "error": "connection refused"}
    readiness = await system.until(lambda body: body["models"]["network"] == "unavailable")
    assert readiness["ready"] is True
    assert readiness["detail"] == "network: connection refused"


async def test_with_too_few_models_the_problem_still_tells_each(
    start: Start, publish: Publish, store_root: Path
) -> None:
    publish(store_root)
    system = await start(min_models=2)
    await system.until(all_ready)
    del system.network.hosts["model-sklearn"]
    response = await system.predict()
    problem = response.json()
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["retry-after"] == "1"
    assert {name: part["status"] for name, part in problem["models"].items()} == {
        "forest": "unavailable",
        "neighbors": "unavailable",
        "network": "ok",
    }
    assert problem["error"] == problem["detail"]
    assert problem["request_id"] == response.headers["x-request-id"]


async def test_a_late_model_is_left_out_at_the_deadline(start: Start, publish: Publish, store_root: Path) -> None:
    publish(store_root)
    system = await start(deadline_ms=300)
    await system.until(all_ready)
    system.network.delays["model-tf"] = 5.0
    async with asyncio.timeout(4):  # before the late member would have answered
        answer = (await system.predict()).json()
    assert answer["models"]["network"]["status"] == "timeout"
    assert answer["models"]["forest"]["status"] == "ok"


async def test_a_caller_may_shorten_the_deadline_and_it_travels_on(
    start: Start, publish: Publish, store_root: Path
) -> None:
    publish(store_root)
    system = await start()
    await system.until(all_ready)
    body = {"length": 2, "color": "red", "wet": True, "age": 1}
    await system.client.post("/predict", json=body, headers={"X-Request-Timeout-Ms": "700"})
    sent = [int(request.headers["x-deadline-ms"]) for request in system.network.requests if request.method == "POST"]
    assert len(sent) == 3
    assert all(500 < milliseconds <= 700 for milliseconds in sent)
    refused = await system.client.post("/predict", json=body, headers={"X-Request-Timeout-Ms": "soon"})
    assert refused.status_code == 422


async def test_the_callers_request_id_travels_to_the_models_and_back(
    start: Start, publish: Publish, store_root: Path
) -> None:
    publish(store_root)
    system = await start()
    await system.until(all_ready)
    body = {"length": 2, "color": "red", "wet": True, "age": 1}
    response = await system.client.post("/predict", json=body, headers={"X-Request-ID": "abc-1"})
    assert response.json()["request_id"] == response.headers["x-request-id"] == "abc-1"
    sent = {request.headers["x-request-id"] for request in system.network.requests if request.method == "POST"}
    assert sent == {"abc-1"}


async def test_a_batch_is_answered_in_its_order(start: Start, publish: Publish, store_root: Path) -> None:
    publish(store_root)
    system = await start()
    await system.until(all_ready)
    instances = [{"length": length, "color": "red", "wet": True, "age": 1} for length in (2, 99, 3)]
    answer = (await system.client.post("/predict/batch", json={"instances": instances})).json()
    assert [bool(each["warnings"]) for each in answer["predictions"]] == [False, True, False]


async def test_a_foreign_server_is_one_more_member(start: Start, publish: Publish, store_root: Path) -> None:
    def foreign(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v2/health/ready":
            return httpx2.Response(200)
        rows = json.loads(request.content)["inputs"][0]["shape"][0]
        data = [0.0, 1.0] * rows
        output = {"name": "predict_proba", "datatype": "FP64", "shape": [rows, 2], "data": data}
        return httpx2.Response(200, json={"model_name": "mine", "outputs": [output]})

    publish(store_root)
    system = await start(
        backends={"sklearn": "http://model-sklearn:8000", "tensorflow": "http://model-tf:8000", "mine": "http://mine:1"}
    )
    system.network.hosts["mine"] = httpx2.MockTransport(foreign)
    await system.until(all_ready)
    answer = (await system.predict()).json()
    assert answer["models"]["mine"]["prediction"] == "dog"
    assert "version" not in answer["models"]["mine"]
    assert answer["agreement"]["asked"] == 4


async def test_the_protocol_reaches_every_model_through_the_gateway(
    start: Start, publish: Publish, store_root: Path
) -> None:
    manifest = publish(store_root)
    system = await start()
    await system.until(all_ready)
    request = {"inputs": [{"name": "input", "shape": [1, 4], "datatype": "FP64", "data": [2, 1, 1, 3]}]}
    for path in ("/v2/models/network/infer", f"/v2/models/network/versions/{manifest.id}/infer"):
        answer = (await system.client.post(path, json=request)).json()
        assert answer["model_version"] == manifest.id
        assert answer["outputs"][0]["data"] == ["dog"]
    del system.network.hosts["model-tf"]
    down = await system.client.post("/v2/models/network/infer", json=request)
    assert down.status_code == 503
    assert down.json()["error"] == "network: connection refused"
    await system.until(lambda body: body["models"]["network"] == "unavailable")
    ready = await system.client.get("/v2/models/network/ready")
    assert (ready.status_code, ready.json()) == (503, {"name": "network", "ready": False})


async def test_a_foreign_server_gives_way_to_a_model_of_its_name(
    start: Start, publish: Publish, store_root: Path
) -> None:
    publish(store_root)
    system = await start(
        backends={"sklearn": "http://model-sklearn:8000", "tensorflow": "http://model-tf:8000", "forest": "http://x:1"}
    )
    await system.until(all_ready)
    answer = (await system.predict()).json()
    assert answer["agreement"]["asked"] == 3
    assert answer["models"]["forest"]["engine"] == "constant"
