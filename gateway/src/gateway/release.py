"""A release as the gateway serves it: everything that is the same for all requests of that release."""

from collections.abc import Callable, Iterable, Mapping

from serving.errors import InvalidInput
from serving.store import FRAMEWORKS, Manifest

from gateway.backend import Backend
from gateway.fanout import Fanout
from gateway.fanout_metrics import FanoutMetrics
from gateway.inputs import Inputs
from gateway.member import Member
from gateway.messages import Dataset
from gateway.tally import Tally


class Release:
    """A foreign server whose name is a model's of the release gives way to it.

    `dataset` is the release's sample of its table, where it has one.
    """

    def __init__(
        self,
        manifest: Manifest,
        backends: Mapping[str, Backend],
        dataset: Dataset | None,
        *,
        straggler_grace_ms: float,
        deadline_ms: float,
        metrics: FanoutMetrics,
        fanout: Callable[..., Fanout] = Fanout,
    ) -> None:
        self.id = manifest.id
        self.manifest = manifest
        self.dataset = dataset
        self.inputs = Inputs(manifest)
        ours = {model.name for model in manifest.models}
        self.members = [
            *(Member(model.name, backends.get(model.framework), manifest.id, model) for model in manifest.models),
            *(Member(name, backend) for name, backend in backends.items() if name not in (*FRAMEWORKS, *ours)),
        ]
        self.tally = Tally(manifest.features, len(manifest.classes), ours)
        times_s = straggler_grace_ms / 1000, deadline_ms / 1000
        self.fanout = fanout(self.members, manifest.classes, *times_s, metrics, self.tally)

    def select(self, names: Iterable[str]) -> list[str]:
        """The members of these names, in the release's order. Raises InvalidInput for a name that there is none of."""
        wanted = set(names)
        unknown = wanted - {member.name for member in self.members}
        if unknown or not wanted:
            known = ", ".join(member.name for member in self.members)
            raise InvalidInput(f"the query's `models` takes names of this release's models: {known}", release=self.id)
        return [member.name for member in self.members if member.name in wanted]
