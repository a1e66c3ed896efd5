"""A proxy that nobody answers at, in every container, changes nothing: calls between the services do not follow it."""

import os
from collections.abc import Iterator

import pytest
import yaml

from tests.flower import FLOWER
from tests.processes import until
from tests.stack import ROOT, Stack, brought_up

pytestmark = pytest.mark.long

DEAD = "http://127.0.0.1:9"
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = [name for name, service in COMPOSE["services"].items() if "profiles" not in service]


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of its own, as a user's Docker would start it who has such a proxy configured."""
    environment = {"environment": {**dict.fromkeys(NAMES, DEAD), "NO_PROXY": "", "no_proxy": ""}}
    override = tmp_path_factory.mktemp("proxied") / "override.yml"
    override.write_text(yaml.safe_dump({"services": dict.fromkeys(SERVICES, environment)}))
    files = f"{ROOT / 'docker-compose.yml'}{os.pathsep}{override}"
    with brought_up(f"triptych-proxied-{os.getpid()}", COMPOSE_FILE=files) as stack:
        yield stack


def test_all_is_healthy_and_whole_behind_a_dead_proxy(proxied: Stack) -> None:
    until(proxied.all_ready, seconds=60, what="all models to be ready")
    for service in SERVICES:
        assert {f"{name}={DEAD}" for name in NAMES} <= set(proxied.inspect(service)["Config"]["Env"])
    answer = proxied.predict(**FLOWER).json()
    assert {part["status"] for part in answer["models"].values()} == {"ok"}
    assert answer["partial"] is False
