"""LitServe: one LitAPI that holds several models, with batching and the fast queue, as its documentation advises."""

import os
from typing import Any

import litserve as ls
import numpy as np

from loadtest.benchmark.contenders.engines import CLASSES, FEATURES, NAMES, load
from loadtest.benchmark.contenders.flower import Flower
from loadtest.benchmark.contenders.vote import answer


class SideBySide(ls.LitAPI):
    def setup(self, device: str) -> None:
        self.models = {name: load(name) for name in NAMES}

    def decode_request(self, request: Flower) -> list[float]:
        return [getattr(request, feature) for feature in FEATURES]

    def batch(self, inputs: list[list[float]]) -> Any:
        return np.array(inputs)

    def predict(self, x: Any) -> list[dict[str, list[float]]]:
        """One dictionary a row: each model's probabilities."""
        tables = {name: model(x).tolist() for name, model in self.models.items()}
        return [{name: table[row] for name, table in tables.items()} for row in range(len(x))]

    def unbatch(self, output: list[dict[str, list[float]]]) -> list[dict[str, list[float]]]:
        return output

    def encode_response(self, output: dict[str, list[float]]) -> dict[str, Any]:
        return answer(output, CLASSES)


if __name__ == "__main__":
    api = SideBySide(max_batch_size=64, batch_timeout=0.005)
    server = ls.LitServer(api, accelerator="cpu", workers_per_device=os.cpu_count() or 1, fast_queue=True)
    server.run(host="127.0.0.1", port=int(os.environ["PORT"]), generate_client_file=False, access_log=False)
