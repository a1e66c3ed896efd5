"""What was asked of one release and what its members said, counted: what drift and disagreement are told from.

Answers are kept as they come, and counted when somebody looks or many rows wait: as arrays, those of one kind together.
Counting each by itself would take as long as merging it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import product
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray
from serving.bins import Bins
from serving.engine import Rows
from serving.store import Feature

from gateway.merge import Merged
from gateway.messages import Status

WAITING_ROWS = 4096
FAILURES = [status for status in get_args(Status) if status != "ok"]
Counts = NDArray[np.intp]
_Said = tuple[NDArray[np.generic], ...]  # rows; and of a `Merged`, by row: `answered`, `member_best`, and so on


class VoteKind(NamedTuple):
    """A kind of vote that two or more members were asked for. One that answers alone is unanimous, and partial."""

    unanimous: bool
    partial: bool
    synthetic: bool


class MemberOutcome(NamedTuple):
    member: str
    engine: str
    status: str
    synthetic: bool


class _Kind(NamedTuple):
    """What answers have in common that are counted together. `members` are name, engine and status of each."""

    members: tuple[tuple[str, str, str], ...]
    synthetic: bool


class Tally:
    """Counts of rows, by whether these are synthetic; `bins` are (bins,), `predicted` and `votes` (classes,).

    `voted` counts for each member the rows that it answered with another, `agreed` those of them in which it predicted
    what the vote did. What is counted of `features` and of `models` for rows that are not synthetic is there from the
    start, failures too: a first one would else not be seen to be one more.
    """

    def __init__(self, features: Sequence[Feature], classes: int, models: Collection[str]) -> None:
        self._features = [(feature, Bins(feature)) for feature in features]
        self._no_class: Counts = np.zeros(classes, dtype=np.intp)
        self._waiting: defaultdict[_Kind, list[_Said]] = defaultdict(list)
        self._rows_waiting = 0
        self.bin_names = {feature.name: bins.names for feature, bins in self._features}
        self.bins = {(feature.name, False): bins.count(np.array([])) for feature, bins in self._features}
        self.out_of_range = Counter({(feature.name, False): 0 for feature in features})
        self.predicted = {(model, False): self._no_class for model in models}
        self.voted = Counter(dict.fromkeys(self.predicted, 0))
        self.agreed = self.voted.copy()
        self.votes = {VoteKind(u, p, synthetic=False): self._no_class for u, p in product((True, False), repeat=2)}
        self.outcomes = Counter(
            {MemberOutcome(model, "", status, synthetic=False): 0 for model, status in product(models, FAILURES)}
        )

    def add(self, rows: Rows, merged: Merged, answered: NDArray[np.bool_] | None, *, synthetic: bool) -> None:
        """Rows, (rows, features), and what was said to them. `answered`, (rows,), are those that it went to, or all."""
        members = tuple(
            (name, outcome.engine if outcome.engine and outcome.version else "", outcome.status)  # a foreign server's
            for name, outcome in merged.outcomes.items()  # may be any text, each time another
        )
        said: _Said = rows, merged.answered.T, merged.member_best.T, merged.best, merged.agreeing, merged.of
        if answered is not None:
            said = tuple(each[answered] for each in said)
        self._waiting[_Kind(members, synthetic)].append(said)
        self._rows_waiting += len(rows)
        if self._rows_waiting >= WAITING_ROWS:
            self.count()

    def count(self) -> None:
        """Count what waits."""
        waiting, self._waiting, self._rows_waiting = self._waiting, defaultdict(list), 0
        for kind, said in waiting.items():
            rows, *answers = (np.concatenate(each) for each in zip(*said, strict=True))
            self._count_inputs(rows, kind.synthetic)
            self._count_answers(kind, *answers)

    def _count_inputs(self, rows: Rows, synthetic: bool) -> None:
        for place, (feature, bins) in enumerate(self._features):
            key, values = (feature.name, synthetic), rows[:, place]
            self.bins[key] = self.bins.get(key, 0) + bins.count(values)
            self.out_of_range[key] += int(_out_of_range(feature, values).sum())

    def _count_answers(
        self,
        kind: _Kind,
        answered: NDArray[np.bool_],
        member_best: Counts,
        best: Counts,
        agreeing: Counts,
        of: Counts,
    ) -> None:
        members, synthetic = kind
        several = of >= 2
        for place, (name, engine, status) in enumerate(members):
            ok, predicted, key = answered[:, place], member_best[:, place], (name, synthetic)
            failed = "error" if status == "ok" else status  # an outcome that is ok may have rows that failed
            for result, rows in (("ok", int(ok.sum())), (failed, int((~ok).sum()))):
                if rows:
                    self.outcomes[MemberOutcome(name, engine, result, synthetic)] += rows
            self.predicted[key] = self.predicted.get(key, 0) + self._by_class(predicted[ok])
            self.voted[key] += int((ok & several).sum())
            self.agreed[key] += int((ok & several & (predicted == best)).sum())
        if len(members) < 2:
            return
        unanimous, partial = agreeing == of, of < len(members)
        for is_unanimous, is_partial in product((True, False), repeat=2):
            of_kind = (of > 0) & (unanimous == is_unanimous) & (partial == is_partial)
            vote = VoteKind(is_unanimous, is_partial, synthetic)
            self.votes[vote] = self.votes.get(vote, 0) + self._by_class(best[of_kind])

    def _by_class(self, predicted: Counts) -> Counts:
        return np.bincount(predicted, minlength=len(self._no_class))


def _out_of_range(feature: Feature, values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(rows,): a number outside the training rows' range, or a category that they never had."""
    if feature.kind == "category":
        return (values < 0) | (values >= len(feature.categories))
    if feature.min is None or feature.max is None:
        return np.zeros(len(values), dtype=bool)
    return (values < feature.min) | (values > feature.max)
