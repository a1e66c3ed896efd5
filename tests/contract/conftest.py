"""The gateway and both model services as processes, as they are shipped, for the tests that only ask them."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil
import pytest
from serving.store import ReleaseStore

from tests.processes import Service, answers, free_ports, serving, until

MODELS = {"gateway": "k_neighbors", "model_sklearn": "random_forest", "model_tf": "neural_network"}


@dataclass(frozen=True)
class System:
    """The services by their packages' names, and the id of the release that they serve."""

    services: dict[str, Service]
    release: str

    def workers(self) -> dict[str, set[tuple[int, float]]]:
        """Each service's processes: their ids, and when they were started."""
        return {
            name: {(each.pid, each.create_time()) for each in psutil.Process(service.process.pid).children()}
            for name, service in self.services.items()
        }


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
        until(lambda: all_ready(services["gateway"].url), seconds=60, what="all models to be ready")
        yield system


def all_ready(url: str) -> bool:
    if not answers(f"{url}/health/ready"):
        return False
    models = httpx2.get(f"{url}/health/ready", trust_env=False).json()["models"]
    return set(models.values()) == {"ready"}


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
    assert all_ready(system.services["gateway"].url)
