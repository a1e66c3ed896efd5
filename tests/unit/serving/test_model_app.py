from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import anyio
import httpx2
import pytest
from serving.engine import EngineKind
from serving.model_app import ModelServiceSettings, create_model_app
from serving.store import Manifest

pytestmark = pytest.mark.anyio
Publish = Callable[..., Manifest]


async def readiness(store_root: Path, engines: Literal["fastest", "native"], kinds: list[EngineKind]) -> dict[str, Any]:
    """What a model service says once it is ready."""
    settings = ModelServiceSettings(model_store=store_root, engines=engines)
    app = create_model_app("model-sklearn", settings, "sklearn", kinds)
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://service")
    async with app.router.lifespan_context(app), client:
        with anyio.fail_after(20):
            while not (body := (await client.get("/v2/health/ready")).json())["ready"]:
                await anyio.sleep(0.02)
        return dict(body)


@pytest.mark.parametrize(("engines", "serving"), [("fastest", "fast"), ("native", "constant")])
async def test_the_fastest_engine_serves_unless_the_framework_itself_is_asked_for(
    engines: Literal["fastest", "native"], serving: str, publish: Publish, constant: EngineKind, store_root: Path
) -> None:
    publish(store_root, {"forest": [0.9, 0.1]})
    fast = EngineKind("fast", "model.json", "float64", constant.load)
    [model] = (await readiness(store_root, engines, [fast, constant]))["models"]
    assert (model["engine"], model["engines_refused"]) == (serving, {})


async def test_readiness_tells_why_a_faster_engine_was_refused(
    publish: Publish, constant: EngineKind, store_root: Path
) -> None:
    publish(store_root, {"forest": [0.9, 0.1]})
    fast = EngineKind("fast", "model.fast", "float64", constant.load)
    [model] = (await readiness(store_root, "fastest", [fast, constant]))["models"]
    assert (model["engine"], model["engines_refused"]) == ("constant", {"fast": "the release has no model.fast"})
