"""What every model service promises, asked of each, as it is shipped: the Open Inference Protocol over HTTP."""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import numpy as np
import pytest
import tritonclient.http as triton
from serving.store import Manifest, ReleaseStore

from tests.processes import answers, free_ports, serving, until

FLOWER = [5.1, 3.5, 1.4, 0.2]


@dataclass
class Service:
    client: httpx2.Client
    model: str
    engine: str
    manifest: Manifest

    def infer(self, **changes: object) -> httpx2.Response:
        tensor = {"name": "input", "shape": [1, 4], "datatype": "FP64", "data": FLOWER} | changes
        return self.client.post(f"/v2/models/{self.model}/infer", json={"inputs": [tensor]})


@pytest.fixture(
    scope="module",
    params=[
        ("model_sklearn", "random_forest", "fastest", "onnxruntime"),
        ("model_sklearn", "random_forest", "native", "sklearn"),
        ("model_tf", "neural_network", "fastest", "litert"),
        ("model_tf", "neural_network", "native", "tensorflow"),
    ],
    ids=lambda param: f"{param[0]}-{param[2]}",
)
def service(request: pytest.FixtureRequest, iris_store: Path) -> Iterator[Service]:
    package, model, engines, engine = request.param
    store = ReleaseStore(iris_store)
    environment = {"MODEL_STORE": str(iris_store), "ENGINES": engines}
    with serving(f"{package}.app:create_app()", free_ports(1)[0], **environment) as process:
        url = process.url
        until(lambda: answers(f"{url}/v2/health/ready"), seconds=60, what=f"{package} to be ready")
        with httpx2.Client(base_url=url, trust_env=False) as client:
            yield Service(client, model, engine, store.manifest(store.current_id()))


def test_health_says_live_and_ready(service: Service) -> None:
    assert service.client.get("/v2/health/live").json() == {"live": True}
    ready = service.client.get("/v2/health/ready").json()
    assert ready["ready"] is True
    assert ready["releases"] == [service.manifest.id]
    assert {"name": service.model, "version": service.manifest.id, "engine": service.engine, "engines_refused": {}} in (
        ready["models"]
    )


def test_metadata_names_the_tensors(service: Service) -> None:
    metadata = service.client.get(f"/v2/models/{service.model}").json()
    assert metadata["versions"] == [service.manifest.id]
    assert metadata["platform"] == service.engine
    tensors = [(each["name"], each["datatype"], each["shape"]) for each in metadata["inputs"] + metadata["outputs"]]
    assert tensors == [("input", "FP64", [-1, 4]), ("predict", "BYTES", [-1]), ("predict_proba", "FP64", [-1, 3])]


def test_the_answer_has_the_label_and_the_probabilities(service: Service) -> None:
    answer = service.infer().json()
    outputs = {output["name"]: output for output in answer["outputs"]}
    assert answer["model_version"] == service.manifest.id
    assert outputs["predict"]["data"] == ["setosa"]
    assert outputs["predict_proba"]["shape"] == [1, 3]
    assert sum(outputs["predict_proba"]["data"][0]) == pytest.approx(1)


def test_the_golden_rows_come_out_as_the_trainer_computed_them(service: Service) -> None:
    golden = service.manifest.golden
    data = [list(row) for row in golden.rows]
    answer = service.infer(shape=[len(data), 4], data=data).json()
    probabilities = answer["outputs"][1]["data"]
    tolerance = golden.tolerances["float32" if service.model == "neural_network" else "float64"]
    np.testing.assert_allclose(probabilities, golden.probabilities[service.model], rtol=0, atol=tolerance)


def test_a_version_can_be_named_and_an_unknown_one_is_not_found(service: Service) -> None:
    path = f"/v2/models/{service.model}/versions"
    assert service.client.get(f"{path}/{service.manifest.id}/ready").json() == {"name": service.model, "ready": True}
    missing = service.client.get(f"{path}/20200101T000000000Z-000000000000/ready")
    assert missing.status_code == 404
    assert missing.json()["error"] == missing.json()["detail"]


def test_the_repository_index_lists_the_models_for_an_empty_body_too(service: Service) -> None:
    for body in (b"", b"{}"):
        index = service.client.post("/v2/repository/index", content=body).json()
        assert {"name": service.model, "version": service.manifest.id, "state": "READY", "reason": ""} in index


def test_statistics_count_the_rows(service: Service) -> None:
    path = f"/v2/models/{service.model}/stats"
    before = service.client.get(path).json()["model_stats"][0]["inference_count"]
    service.infer(shape=[2, 4], data=[FLOWER, FLOWER])
    assert service.client.get(path).json()["model_stats"][0]["inference_count"] == before + 2


def test_metrics_count_requests_by_route(service: Service) -> None:
    service.infer()
    text = service.client.get("/metrics").text
    assert 'http_requests_total{method="POST",route="/v2/models/{name}/infer",status="200"}' in text
    assert f'release_loaded{{release="{service.manifest.id}"}} 1.0' in text
    labels = f'engine="{service.engine}",model="{service.model}",release="{service.manifest.id}"'
    assert f"model_engine{{{labels}}} 1.0" in text


def test_the_binary_extension_answers_in_binary_when_asked(service: Service) -> None:
    tensor = {"name": "input", "shape": [1, 4], "datatype": "FP32", "parameters": {"binary_data_size": 16}}
    head = json.dumps({"inputs": [tensor], "parameters": {"binary_data_output": True}}).encode()
    response = service.client.post(
        f"/v2/models/{service.model}/infer",
        content=head + struct.pack("<4f", *FLOWER),
        headers={"Inference-Header-Content-Length": str(len(head))},
    )
    length = int(response.headers["inference-header-content-length"])
    outputs = json.loads(response.content[:length])["outputs"]
    blobs = response.content[length:]
    assert [output["parameters"]["binary_data_size"] for output in outputs] == [10, 24]
    assert blobs[:10] == struct.pack("<I", 6) + b"setosa"
    assert sum(struct.unpack("<3d", blobs[10:])) == pytest.approx(1)


def test_tritons_own_client_works_with_its_defaults(service: Service) -> None:
    client = triton.InferenceServerClient(service.client.base_url.netloc.decode())
    assert client.is_server_live()
    assert client.is_server_ready()
    assert client.is_model_ready(service.model)
    assert client.is_model_ready(service.model, service.manifest.id)
    assert client.get_model_metadata(service.model)["name"] == service.model
    assert client.get_model_config(service.model)["max_batch_size"] == 10_000
    assert client.get_inference_statistics(service.model)["model_stats"][0]["name"] == service.model
    assert service.model in [model["name"] for model in client.get_model_repository_index()]
    tensor = triton.InferInput("input", [2, 4], "FP64")
    tensor.set_data_from_numpy(np.array([FLOWER, [6.7, 3.0, 5.2, 2.3]]))
    answer = client.infer(service.model, [tensor])
    assert answer.as_numpy("predict").tolist() == [b"setosa", b"virginica"]
    assert answer.as_numpy("predict_proba").shape == (2, 3)
    client.close()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"data": [[1, 2], [3]]}, 422),
        ({"shape": [1, 3], "data": [1, 2, 3]}, 422),
        ({"data": ["5.1", 3.5, 1.4, 0.2]}, 422),
        ({"data": [None, 3.5, 1.4, 0.2]}, 422),
        ({"data": [1e300, 3.5, 1.4, 0.2]}, 422),
        ({"datatype": "BYTES"}, 422),
        ({"name": "rows"}, 422),
    ],
)
def test_bad_tensors_are_refused_in_the_one_shape(service: Service, changes: dict[str, object], status: int) -> None:
    response = service.infer(**changes)
    problem = response.json()
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "request_id", "error"} <= set(problem)
    assert problem["request_id"] == response.headers["x-request-id"]
