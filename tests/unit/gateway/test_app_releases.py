import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from serving.store import Manifest, ReleaseWriter

pytestmark = pytest.mark.anyio
Start = Callable[..., Awaitable[Any]]
Publish = Callable[..., Manifest]


def all_ready(body: dict[str, Any]) -> bool:
    return bool(body["ready"]) and set(body["models"].values()) == {"ready"}


async def test_a_gateway_without_a_release_says_so_and_takes_the_first_that_appears(
    start: Start, publish: Publish, store_root: Path
) -> None:
    system = await start()
    response = await system.predict()
    assert response.status_code == 503
    assert "application/problem+json" in response.headers["content-type"]
    await system.until(lambda body: str(store_root) in (body["detail"] or ""))
    publish(store_root)
    await system.until(all_ready)
    assert (await system.predict()).status_code == 200


async def test_a_new_release_is_taken_under_load_without_a_failure_or_a_mixed_answer(
    start: Start, publish: Publish, store_root: Path
) -> None:
    old = publish(store_root)
    system = await start()
    await system.until(all_ready)
    answers: list[httpx2.Response] = []
    done = asyncio.Event()

    async def ask() -> None:
        while not done.is_set():
            answers.append(await system.predict())

    callers = [asyncio.create_task(ask()) for _ in range(4)]
    new = await asyncio.to_thread(publish, store_root, {"forest": [0.2, 0.8], "network": [0.3, 0.7]})
    await system.until(lambda body: body["release"] == new.id)
    rolled_back = ReleaseWriter(store_root)
    await asyncio.to_thread(rolled_back.make_current, old.id)
    await system.until(lambda body: body["release"] == old.id)
    done.set()
    await asyncio.gather(*callers)
    assert {answer.status_code for answer in answers} == {200}
    bodies = [answer.json() for answer in answers]
    members = {old.id: {"forest", "neighbors", "network"}, new.id: {"forest", "network"}}
    assert {body["release"] for body in bodies} == {old.id, new.id}
    for body in bodies:
        assert body["partial"] is False
        assert {part["version"] for part in body["models"].values()} == {body["release"]}
        assert set(body["models"]) == members[body["release"]]


async def test_a_release_that_one_service_refuses_is_not_switched_to_and_readiness_and_metrics_say_why(
    start: Start, publish: Publish, store_root: Path
) -> None:
    good = publish(store_root)
    system = await start()
    await system.until(all_ready)
    answers = {"forest": [0.9, 0.1], "neighbors": [0.8, 0.2], "network": [0.4, 0.6]}
    bad = publish(store_root, answers, golden=answers | {"network": [0.6, 0.4]})
    body = await system.until(lambda body: bool(body["refused"]))
    assert body["release"] == good.id
    assert body["ready"] is True
    assert list(body["refused"]) == ["tensorflow"]
    assert bad.id in body["refused"]["tensorflow"]
    assert "golden rows" in body["refused"]["tensorflow"]
    body = await system.until(lambda body: bool(body["detail"]))
    assert body["detail"].startswith(f"{good.id} is served, since tensorflow refuses {bad.id}: ")
    assert 'release_problem{why="' + body["detail"] in (await system.client.get("/metrics")).text
    assert (await system.predict()).json()["release"] == good.id


async def test_a_body_of_the_old_release_gets_a_422_that_names_the_new_one(
    start: Start, publish: Publish, store_root: Path
) -> None:
    publish(store_root)
    system = await start()
    await system.until(all_ready)
    features = [{"name": "weight", "kind": "number", "min": 0.0, "max": 1.0, "mean": 0.5}]
    new = publish(store_root, features=features)
    await system.until(lambda body: body["release"] == new.id and all_ready(body))
    response = await system.predict()
    assert response.status_code == 422
    assert response.json()["release"] == new.id
    assert (await system.client.post("/predict", json={"weight": 0.5})).status_code == 200
    schema = (await system.client.get("/openapi.json")).json()["components"]["schemas"]["Instance"]
    assert list(schema["properties"]) == ["weight"]


async def test_models_tells_the_features_the_classes_who_answers_and_which_engine_was_refused(
    start: Start, publish: Publish, store_root: Path
) -> None:
    manifest = publish(store_root)
    system = await start()
    await system.until(all_ready)
    models = (await system.client.get("/models")).json()
    assert [feature["name"] for feature in models["features"]] == ["length", "color", "wet", "age"]
    assert models["classes"] == ["cat", "dog"]
    assert {card["name"]: card["status"] for card in models["models"]} == dict.fromkeys(
        ["forest", "neighbors", "network"], "ready"
    )
    assert models["models"][0]["engine"] == "constant"
    assert models["models"][0]["engines_refused"] == {"fast": "the release has no model.fast"}
    assert models["models"][0]["version"] == manifest.id


async def test_models_tells_what_the_release_says_of_itself(start: Start, publish: Publish, store_root: Path) -> None:
    manifest = publish(store_root, card="# Model card")
    system = await start()
    await system.until(all_ready)
    models = (await system.client.get("/models")).json()
    assert manifest.comparison is not None
    assert models["comparison"] == manifest.comparison.model_dump(mode="json")
    assert models["intended_use"] == ["Tell pets apart."]
    assert models["limits"] == ["No bird was asked."]
    assert models["models"][2]["limits"] == ["network is weakest on dogs."]
    assert models["data"]["class_rows"] == [10, 10]
    assert models["libraries"] == {}


async def test_models_of_a_release_without_cards_says_what_there_is(
    start: Start, publish: Publish, store_root: Path
) -> None:
    publish(store_root)
    system = await start()
    await system.until(all_ready)
    models = (await system.client.get("/models")).json()
    assert "comparison" not in models
    assert (models["intended_use"], models["limits"], models["models"][0]["limits"]) == ([], [], [])


async def test_the_dataset_is_the_releases_sample(start: Start, publish: Publish, store_root: Path) -> None:
    header = "length,color,wet,age,pet,predicted:forest,predicted:neighbors,predicted:network\n"
    publish(store_root, sample=header + "2.5,red,True,,cat,cat,dog,dog\n")
    system = await start()
    await system.until(all_ready)
    assert (await system.client.get("/models")).json()["sample"] is True
    dataset = (await system.client.get("/dataset")).json()
    assert dataset["rows"] == [[2.5, "red", True, None]]
    assert dataset["labels"] == ["cat"]
    assert dataset["predictions"] == {"forest": ["cat"], "neighbors": ["dog"], "network": ["dog"]}


async def test_a_release_without_a_sample_has_no_dataset(start: Start, publish: Publish, store_root: Path) -> None:
    publish(store_root)
    system = await start()
    await system.until(all_ready)
    assert (await system.client.get("/models")).json()["sample"] is False
    assert (await system.client.get("/dataset")).status_code == 404


async def test_releases_that_follow_each_other_faster_than_the_gateway_looks_lose_no_request(
    start: Start, publish: Publish, store_root: Path
) -> None:
    publish(store_root)
    system = await start()
    await system.until(all_ready)
    answers: list[httpx2.Response] = []
    done = asyncio.Event()

    async def ask() -> None:
        while not done.is_set():
            answers.append(await system.predict())

    caller = asyncio.create_task(ask())
    for _ in range(6):
        newest = await asyncio.to_thread(publish, store_root)
        await asyncio.sleep(0.3)
    await system.until(lambda body: body["release"] == newest.id)
    done.set()
    await caller
    assert {(answer.status_code, answer.json()["partial"]) for answer in answers} == {(200, False)}
