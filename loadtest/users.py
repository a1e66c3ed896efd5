"""Who asks: visitors of the page, programs that ask about one row at a time, about many, and over the protocol."""

import json
import re
from collections.abc import Mapping

from locust import between, task

from loadtest.answers import file, problem
from loadtest.asking import JSON, SYNTHETIC, Asking
from loadtest.hostile import hostile
from loadtest.inputs import ordinary, outside, tensor
from loadtest.inputs import table as csv_of
from loadtest.predictions import batch, inference, prediction, table

CSV = {"Content-Type": "text/csv"}
ASSET = re.compile(r'(?:src|href)="\.(/assets/[^"]+)"')


class Visitor(Asking):
    """Opens the page, and moves its sliders."""

    weight = 4
    wait_time = between(1, 3)

    @task
    def visit(self) -> None:
        page = self.get("/", file("text/html"), name="/")
        for asset in ASSET.findall(page):
            self.get(asset, file(""), name="/assets/…")
        for path in ("/models", "/health/ready", "/dataset"):
            self.get(path, file("application/json"), name=path)
        for _ in range(self.random.randint(3, 8)):
            row = ordinary(self.release, self.random)
            self.post("/predict", json.dumps(row), prediction(), name="/predict")
            self.wait()


class Program(Asking):
    """Asks about one row at a time; now and then about one that no training row came near, or what must be refused."""

    weight = 10
    wait_time = between(0.1, 0.5)

    @task(18)
    def predict(self) -> None:
        self.post("/predict", json.dumps(ordinary(self.release, self.random)), prediction(), name="/predict")

    @task(1)
    def predict_outside(self) -> None:
        row, warned = outside(self.release, self.random)
        self.post("/predict", json.dumps(row), prediction(warned), name="/predict, outside", headers=JSON | SYNTHETIC)

    @task(1)
    def be_refused(self) -> None:
        bad = self.random.choice(hostile(self.release, self.random))
        headers: Mapping[str, str] = {"Content-Type": bad.content_type} | SYNTHETIC
        self.post(bad.path, bad.body, problem(bad.status), name=f"refused: {bad.what}", headers=headers)


class Bulk(Asking):
    """Asks about many rows at a time, as a batch and as a table in turn."""

    weight = 1
    wait_time = between(2, 6)

    @task
    def predict_both(self) -> None:
        self.predict_batch()
        self.wait()
        self.predict_table()

    def predict_batch(self) -> None:
        rows = [ordinary(self.release, self.random) for _ in range(self.random.randint(20, 200))]
        self.post("/predict/batch", json.dumps({"instances": rows}), batch(len(rows)), name="/predict/batch")

    def predict_table(self) -> None:
        rows = [ordinary(self.release, self.random) for _ in range(self.random.randint(100, 1_000))]
        self.post("/predict/csv", csv_of(self.release, rows), table(len(rows)), name="/predict/csv", headers=CSV)


class Protocol(Asking):
    """Asks one model, over the Open Inference Protocol."""

    weight = 3
    wait_time = between(0.1, 0.5)

    @task
    def infer(self) -> None:
        model, count = self.random.choice(self.release.models), self.random.randint(1, 4)
        rows = tensor(self.release, [ordinary(self.release, self.random) for _ in range(count)])
        shape = [count, len(self.release.features)]
        body = {"inputs": [{"name": "input", "shape": shape, "datatype": "FP64", "data": rows}]}
        path = f"/v2/models/{model}/infer"
        self.post(path, json.dumps(body), inference(count), name=path)
