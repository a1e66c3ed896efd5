"""Ray Serve: a deployment for each model with `serve.batch`, composed by an ingress, as its documentation shows."""

import asyncio
import os
import signal
from typing import Any

import numpy as np
import ray
from fastapi import FastAPI
from ray import serve
from ray.serve.config import HTTPOptions
from ray.serve.handle import DeploymentHandle
from ray.serve.schema import LoggingConfig

from loadtest.benchmark.contenders.engines import CLASSES, FEATURES, NAMES, load
from loadtest.benchmark.contenders.flower import Flower
from loadtest.benchmark.contenders.vote import answer

BUSY = 1_000  # requests that a replica takes at once; the default of 5 would keep batches small
OF_A_CORE = {"num_cpus": 0.25}  # four replicas fit a machine of one core

app = FastAPI()


@serve.deployment(max_ongoing_requests=BUSY, ray_actor_options=OF_A_CORE)
class Model:
    def __init__(self, name: str) -> None:
        self.model = load(name)

    @serve.batch(max_batch_size=64, batch_wait_timeout_s=0.005)
    async def __call__(self, rows: list[list[float]]) -> list[list[float]]:
        table: list[list[float]] = self.model(np.array(rows)).tolist()
        return table


@serve.deployment(max_ongoing_requests=BUSY, ray_actor_options=OF_A_CORE)
@serve.ingress(app)
class SideBySide:
    def __init__(self, **models: DeploymentHandle) -> None:
        self.models = models

    @app.post("/predict")
    async def predict(self, flower: Flower) -> dict[str, Any]:
        row = [getattr(flower, feature) for feature in FEATURES]
        answers = await asyncio.gather(*(model.remote(row) for model in self.models.values()))
        return answer(dict(zip(self.models, answers, strict=True)), CLASSES)


model: Any = Model  # deployments is what the decorators made of both
ingress: Any = SideBySide
side_by_side = ingress.bind(**{name: model.options(name=name).bind(name) for name in NAMES})


if __name__ == "__main__":
    ray.init(address="local", include_dashboard=False, configure_logging=False)
    serve.start(
        http_options=HTTPOptions(host="127.0.0.1", port=int(os.environ["PORT"])),
        logging_config=LoggingConfig(enable_access_log=False),
    )
    serve.run(side_by_side)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    serve.shutdown()
    ray.shutdown()
