"""The gateway and both model services as processes, as they are shipped."""

from dataclasses import dataclass

import httpx2
import psutil

from tests.processes import Service, answers

# A model that each service serves, by its package's name.
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

    def all_ready(self) -> bool:
        gateway = self.services["gateway"].url
        if not answers(f"{gateway}/health/ready"):
            return False
        models = httpx2.get(f"{gateway}/health/ready", trust_env=False).json()["models"]
        return set(models.values()) == {"ready"}
