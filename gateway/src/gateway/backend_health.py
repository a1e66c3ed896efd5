"""What a backend says of itself."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel

from gateway.inference import printable

Words = Annotated[str, AfterValidator(printable)]


class ServedModel(BaseModel):
    name: str
    version: str
    engine: Words
    engines_refused: dict[str, Words] = {}


class BackendHealth(BaseModel):
    """A foreign server says only whether it is ready."""

    reachable: bool = True
    ready: bool = False
    releases: list[str] = []
    models: list[ServedModel] = []
    refused: dict[str, Words] = {}
    detail: Words | None = None

    def engine(self, model: str, version: str | None) -> str | None:
        """What computes that model of that release, where it is served."""
        served = self._served(model, version)
        return served.engine if served else None

    def engines_refused(self, model: str, version: str | None) -> dict[str, str]:
        """Faster engines that the backend has tried for that model in vain, and why."""
        served = self._served(model, version)
        return served.engines_refused if served else {}

    def _served(self, model: str, version: str | None) -> ServedModel | None:
        return next((each for each in self.models if (each.name, each.version) == (model, version)), None)
