"""A release as the gateway serves it: everything that is the same for all requests of that release."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from serving.errors import InvalidInput
from serving.store import FRAMEWORKS, Manifest, Model

from gateway.backend import Backend
from gateway.inputs import Inputs


@dataclass(frozen=True)
class Member:
    """One model that is asked. `backend` is None where none is configured for its framework.

    A foreign server's member has no entry in the manifest (`model`), and no version.
    """

    name: str
    backend: Backend | None
    version: str | None = None
    model: Model | None = None


class Release:
    def __init__(self, manifest: Manifest, backends: Mapping[str, Backend]) -> None:
        self.id = manifest.id
        self.manifest = manifest
        self.inputs = Inputs(manifest)
        self.members = [
            *(Member(model.name, backends.get(model.framework), manifest.id, model) for model in manifest.models),
            *(Member(name, backend) for name, backend in backends.items() if name not in FRAMEWORKS),
        ]

    def select(self, names: Iterable[str]) -> list[Member]:
        """The members of these names, in the release's order. Raises InvalidInput for a name that there is none of."""
        wanted = set(names)
        unknown = wanted - {member.name for member in self.members}
        if unknown or not wanted:
            known = ", ".join(member.name for member in self.members)
            raise InvalidInput(f"the query's `models` takes names of this release's models: {known}", release=self.id)
        return [member for member in self.members if member.name in wanted]
