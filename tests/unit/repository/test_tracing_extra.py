"""OpenTelemetry's SDK is an extra: nothing of it is imported unless an endpoint is set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# As where the extra is not installed: what of it is imported raises ModuleNotFoundError.
WITHOUT = "import sys; sys.modules |= dict.fromkeys('opentelemetry.' + name for name in ('sdk', 'exporter', 'proto')); "
CREATED = "from {}.app import create_app; create_app()"


def started_without_the_extra(service: str, store: Path, endpoint: str) -> "subprocess.CompletedProcess[str]":
    settings = os.environ | {"MODEL_STORE": str(store), "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}
    command = [sys.executable, "-c", WITHOUT + CREATED.format(service)]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("service", ["gateway", "model_sklearn", "model_tf"])
def test_without_an_endpoint_nothing_of_it_is_imported(service: str, tmp_path: Path) -> None:
    done = started_without_the_extra(service, tmp_path, endpoint="")
    assert done.returncode == 0, done.stderr


def test_an_endpoint_where_it_is_not_installed_is_refused_with_what_to_do(tmp_path: Path) -> None:
    done = started_without_the_extra("gateway", tmp_path, endpoint="http://127.0.0.1:4318")
    assert done.returncode == 1
    assert "install the extra `tracing` (gateway[tracing])" in done.stderr.splitlines()[-1]
