"""What the gateway's metrics say of each release that it serves: inputs and answers beside those of its training."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.active_release import ActiveRelease
from gateway.release import Release

_COUNTERS = {  # of rows: what they count, and by what besides the release
    "feature_rows": (
        "Rows by the bin that a feature's value is in: between training deciles, or a category or truth",
        ("feature", "bin", "synthetic"),
    ),
    "feature_out_of_range": (
        "Rows with a value outside the training range, or of a category never seen",
        ("feature", "synthetic"),
    ),
    "member_outcomes": (
        "Rows that a member was asked, by what came of it",
        ("model", "engine", "outcome", "synthetic"),
    ),
    "member_predictions": (
        "Rows that a member answered, by the class that it predicted",
        ("model", "class", "synthetic"),
    ),
    "member_votes": ("Rows that a member and another answered", ("model", "synthetic")),
    "member_agreements": (
        "Rows that a member and another answered, of which it predicted what the vote did",
        ("model", "synthetic"),
    ),
    "vote_predictions": (
        "Rows that two or more members were asked, by the class that their vote predicted",
        ("class", "unanimous", "partial", "synthetic"),
    ),
}
_GAUGES = {
    "feature_training_share": ("Share of the training rows in a bin", ("feature", "bin")),
    "member_training_share": (
        "Share of the training rows for which a model predicted a class, not having seen them",
        ("model", "class"),
    ),
}
_Sample = tuple[str, tuple[str, ...], float]
"""A metric's name, the values of its labels besides the release, and its own."""


class ReleaseMetrics(Collector):
    """Of the releases that are served when it is asked: the active one, and the one before it."""

    def __init__(self, releases: ActiveRelease) -> None:
        self._releases = releases

    def collect(self) -> Iterator[Metric]:
        families: dict[str, CounterMetricFamily | GaugeMetricFamily] = {}
        for name, (about, by) in _COUNTERS.items():
            families[name] = CounterMetricFamily(name, about, labels=("release", *by))
        for name, (about, by) in _GAUGES.items():
            families[name] = GaugeMetricFamily(name, about, labels=("release", *by))
        for release in self._releases.served:
            release.tally.count()
            for name, labels, value in (*_inputs(release), *_answers(release), *_training(release)):
                families[name].add_metric((release.id, *labels), value)
        yield from families.values()


def _inputs(release: Release) -> Iterator[_Sample]:
    tally = release.tally
    for (feature, synthetic), rows in tally.bins.items():
        for bin_name, count in zip(tally.bin_names[feature], rows.tolist(), strict=True):
            yield "feature_rows", (feature, bin_name, _word(synthetic)), count
    for (feature, synthetic), count in tally.out_of_range.items():
        yield "feature_out_of_range", (feature, _word(synthetic)), count


def _answers(release: Release) -> Iterator[_Sample]:
    tally, classes = release.tally, release.manifest.classes
    for outcome, count in tally.outcomes.items():
        yield "member_outcomes", (*outcome[:-1], _word(outcome.synthetic)), count
    for (member, synthetic), rows in tally.predicted.items():
        for label, count in zip(classes, rows.tolist(), strict=True):
            yield "member_predictions", (member, label, _word(synthetic)), count
    for (member, synthetic), count in tally.voted.items():
        yield "member_votes", (member, _word(synthetic)), count
        yield "member_agreements", (member, _word(synthetic)), tally.agreed[member, synthetic]
    for kind, rows in tally.votes.items():
        for label, count in zip(classes, rows.tolist(), strict=True):
            yield "vote_predictions", (label, *map(_word, kind)), count


def _training(release: Release) -> Iterator[_Sample]:
    manifest = release.manifest
    for feature in manifest.features:
        names = release.tally.bin_names[feature.name]
        if len(feature.bin_rows) == len(names):  # releases of other versions have none, or others
            for bin_name, rows in zip(names, feature.bin_rows, strict=True):
                yield "feature_training_share", (feature.name, bin_name), rows / manifest.data.rows
    for model in manifest.models:
        predicted = [sum(column) for column in zip(*model.metrics.confusion_matrix, strict=True)]
        if len(predicted) == len(manifest.classes) and sum(predicted):
            for label, rows in zip(manifest.classes, predicted, strict=True):
                yield "member_training_share", (model.name, label), rows / sum(predicted)


def _word(truth: bool) -> str:
    return "true" if truth else "false"
