import json
import re
from typing import Any

import pytest
from gateway.cli import main


@pytest.fixture
def document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `gateway openapi` prints."""
    main(["openapi"])
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    return printed


def test_an_input_of_any_release_is_a_map_from_feature_to_value(document: dict[str, Any]) -> None:
    instance = document["components"]["schemas"]["Instance"]
    assert instance["additionalProperties"] == {"type": ["number", "string", "boolean", "null"]}
    assert "properties" not in instance


def test_every_reference_resolves(document: dict[str, Any]) -> None:
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert names <= set(document["components"]["schemas"])
    assert "$defs" not in json.dumps(document)


def test_every_problem_is_told_as_problem_json(document: dict[str, Any]) -> None:
    problem = '{"$ref": "#/components/schemas/Problem'
    contents = [
        response["content"]
        for operations in document["paths"].values()
        for operation in operations.values()
        for response in operation["responses"].values()
        if problem in json.dumps(response)
    ]
    assert contents
    assert all(list(content) == ["application/problem+json"] for content in contents)
    assert "HTTPValidationError" not in json.dumps(document)


def test_a_table_goes_in_and_comes_out_as_csv(document: dict[str, Any]) -> None:
    operation = document["paths"]["/predict/csv"]["post"]
    assert list(operation["requestBody"]["content"]) == ["text/csv"]
    assert list(operation["responses"]["200"]["content"]) == ["text/csv"]
    assert {"400", "408", "413", "415", "422", "503"} <= set(operation["responses"])
    assert [parameter["name"] for parameter in operation["parameters"]] == ["models"]


def test_a_tables_columns_are_told_as_json(document: dict[str, Any]) -> None:
    operation = document["paths"]["/predict/csv/columns"]["post"]
    assert list(operation["requestBody"]["content"]) == ["text/csv"]
    assert operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/TableColumns")
    assert {"400", "408", "413", "415", "422", "503"} <= set(operation["responses"])


def test_a_key_may_be_wanted_by_everything_but_health(document: dict[str, Any]) -> None:
    assert document["components"]["securitySchemes"]["ApiKey"]["name"] == "X-API-Key"
    open_to_all = {
        path
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if "401" not in operation["responses"] or operation.get("security") != [{}, {"ApiKey": []}]
    }
    assert open_to_all == {"/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready"}
