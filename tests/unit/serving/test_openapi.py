from pathlib import Path

from serving.model_app import ModelServiceSettings, create_model_app


def test_a_model_services_failures_are_told_as_problem_documents(store_root: Path) -> None:
    app = create_model_app("model-sklearn", ModelServiceSettings(model_store=store_root), "sklearn", [])
    document = app.openapi()
    infer = document["paths"]["/v2/models/{name}/infer"]["post"]["responses"]
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    assert {status for status, response in infer.items() if response.get("content") == problem} == {
        *("400", "404", "408", "413", "415", "422", "503", "504")
    }
    assert set(infer["200"]["content"]) == {"application/json", "application/octet-stream"}
    assert "HTTPValidationError" not in document["components"]["schemas"]
