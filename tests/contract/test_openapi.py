"""Every service does what its OpenAPI document says, as schemathesis finds it with all of its checks."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.contract.system import MODELS, System
from tests.processes import BIN

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("service", MODELS)
def test_a_service_does_what_its_document_says(system: System, service: str, tmp_path: Path) -> None:
    document = f"{system.services[service].url}/openapi.json"
    found = subprocess.run(
        [BIN / "schemathesis", "--config-file", CONFIGURATION, "run", document, "--no-color"],
        env={**os.environ, "MODEL": MODELS[service], "RELEASE": system.release},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
