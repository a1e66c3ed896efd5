"""The system, for the tests that only ask it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from serving.store import ReleaseStore

from tests.contract.system import System
from tests.processes import free_ports, serving, until


@pytest.fixture(scope="session")
def system(iris_store: Path) -> Iterator[System]:
    gateway, sklearn, tensorflow = free_ports(3)
    backends = f"sklearn=http://127.0.0.1:{sklearn},tensorflow=http://127.0.0.1:{tensorflow}"
    settings = {"MODEL_STORE": str(iris_store), "BACKENDS": backends, "LOG_LEVEL": "warning"}
    ports = {"model_sklearn": sklearn, "model_tf": tensorflow, "gateway": gateway}
    with ExitStack() as stack:
        services = {
            name: stack.enter_context(serving(f"{name}.app:create_app()", port, **settings))
            for name, port in ports.items()
        }
        system = System(services, ReleaseStore(iris_store).current_id())
        until(system.all_ready, seconds=60, what="all models to be ready")
        yield system


@pytest.fixture(scope="session")
def clients(system: System) -> Iterator[dict[str, httpx2.Client]]:
    """One for each service."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(httpx2.Client(base_url=service.url, trust_env=False, timeout=60))
            for name, service in system.services.items()
        }


@pytest.fixture(scope="module")
def unharmed(system: System) -> Iterator[None]:
    """After all tests of a module the same processes serve, and all models answer."""
    before = system.workers()
    yield
    assert system.workers() == before
    assert system.all_ready()
