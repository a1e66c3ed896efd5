"""What a backend says of itself."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel

from gateway.inference import printable

Words = Annotated[str, AfterValidator(printable)]


class ServedModel(BaseModel):
    name: str
    version: str
    engine: Words


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
        return next((each.engine for each in self.models if (each.name, each.version) == (model, version)), None)
