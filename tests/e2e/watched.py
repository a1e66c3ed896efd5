"""A stack with two gateways and the profile's Prometheus, which looks every second, and what was asked meanwhile."""

import csv
import os
import random
import shlex
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from typing import Any

import yaml

from tests.e2e.document import README
from tests.e2e.observability import FOLDER, Prometheus
from tests.flower import FLOWER
from tests.processes import until
from tests.stack import ROOT, Stack

FEATURES = list(FLOWER)
TRAINED_ON = ROOT / "trainer/src/trainer/data/iris.csv"
EVERY_S = 1
PATHS = ("/predict", "/predict/batch", "/predict/csv", "/v2/models/random_forest/infer")
JSON, TABLE, SYNTHETIC = {"Content-Type": "application/json"}, {"Content-Type": "text/csv"}, {"X-Synthetic": "1"}
WILD = dict.fromkeys(FEATURES, 99.0)
Row = dict[str, float]


class Watched(Stack):
    """It serves the releases of its neighbor's store. `folder` is for Prometheus's configuration."""

    def __init__(self, neighbor: Stack, port: int, folder: Path) -> None:
        copytree(FOLDER / "prometheus", folder, dirs_exist_ok=True)
        configuration = yaml.safe_load((folder / "prometheus.yml").read_text())
        configuration["global"] = dict.fromkeys(("scrape_interval", "evaluation_interval"), f"{EVERY_S}s")
        (folder / "prometheus.yml").write_text(yaml.safe_dump(configuration))
        override = {
            "services": {"prometheus": {"volumes": [f"{folder}:/etc/prometheus:ro"]}},
            "volumes": {"release-store": {"external": True, "name": f"{neighbor.project}_release-store"}},
        }
        (folder / "override.yml").write_text(yaml.safe_dump(override))
        files = f"docker-compose.yml{os.pathsep}{folder}/override.yml"
        super().__init__(f"{neighbor.project}-watched", port, COMPOSE_FILE=files)
        self.prometheus = Prometheus(self.prometheus_port)
        self.sent: list[Row] = []  # all rows that are not synthetic

    def observe(self) -> None:
        """Ask everything that can be asked, in three waves, and look at each."""
        up = shlex.split(README.command("--profile", "observability"))
        self.compose(*up[2:], "--build", "--scale", "gateway=2", "prometheus", "frontend")  # Grafana is not to be had
        until(self.all_ready, seconds=60, what="all models to be ready")
        until(self._all_up, seconds=60, what="all targets to be up")
        time.sleep(3 * EVERY_S)  # looked at twice before anything is asked
        for _ in range(3):
            self._ask(drifted_rows(400, seed=len(self.sent)))
            time.sleep(3 * EVERY_S)
        until(self._all_counted, seconds=20, what="all rows to be counted")

    def answers(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """What each row is answered; asked as synthetic, so that it counts for nothing."""
        answer = self.client.post("/predict/batch", json={"instances": rows}, headers=SYNTHETIC)
        predictions: list[dict[str, Any]] = answer.json()["predictions"]
        return predictions

    def _all_up(self) -> bool:
        found = self.prometheus.targets()
        return len(found.get("gateway", [])) == 2 and {health for each in found.values() for health in each} == {"up"}

    def _all_counted(self) -> bool:
        found = self.prometheus.asked("release_feature:feature_rows:increase1h")
        return len(found) == len(FEATURES) and all(rows >= 0.98 * len(self.sent) for _, rows in found)

    def _ask(self, rows: Sequence[Row]) -> None:
        singles, batch, table = rows[:30], rows[30:200], rows[200:]
        lines = "".join(f"{','.join(str(row[name]) for name in FEATURES)}\n" for row in table)
        tensor = {"name": "input", "shape": [1, len(FEATURES)], "datatype": "FP64", "data": list(WILD.values())}
        asked = [
            *(self.client.post("/predict", json=row) for row in singles),
            self.client.post("/predict/batch", json={"instances": batch}),
            self.client.post("/predict/csv", content=f"{','.join(FEATURES)}\n{lines}", headers=TABLE),
            self.client.post("/predict/batch", json={"instances": [WILD] * 999}, headers=SYNTHETIC),
            self.client.post("/v2/models/random_forest/infer", json={"inputs": [tensor]}, headers=SYNTHETIC),
        ]
        refused = [
            self.client.post("/predict", content=b"{", headers=JSON),
            self.client.post("/predict", json={}),
            self.client.get("/nothing"),
        ]
        assert {(answer.url.path, answer.status_code) for answer in asked} == {(path, 200) for path in PATHS}
        assert [answer.status_code for answer in refused] == [400, 422, 404]
        self.sent += rows


def training_rows() -> list[Row]:
    with TRAINED_ON.open(newline="") as file:
        return [{name: float(line[name]) for name in FEATURES} for line in csv.DictReader(file)]


def drifted_rows(count: int, seed: int) -> list[Row]:
    """Training rows at random, of which every other has a sepal longer by 1.5 cm: some beyond all that were seen."""
    rows = random.Random(seed).choices(training_rows(), k=count)
    return [row | {"sepal_length": row["sepal_length"] + 1.5 * (place % 2)} for place, row in enumerate(rows)]


@contextmanager
def watched_stack(neighbor: Stack, port: int, folder: Path) -> Iterator[Watched]:
    stack = Watched(neighbor, port, folder)
    try:
        stack.observe()
        yield stack
    finally:
        stack.prometheus.close()
        stack.down()
