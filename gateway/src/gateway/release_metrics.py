"""What the gateway's metrics say of each release that it serves: inputs and answers beside those of its training."""

from collections.abc import Iterable, Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from serving.bins import Bins
from serving.store import Manifest

from gateway.active_release import ActiveRelease
from gateway.tally import Tally


class ReleaseMetrics(Collector):
    """Of the releases that are served when it is asked: the active one, and the one before it."""

    def __init__(self, releases: ActiveRelease) -> None:
        self._releases = releases

    def collect(self) -> Iterator[Metric]:
        served = self._releases.served
        for release in served:
            release.tally.count()
        yield from _counted([(release.id, release.tally, release.manifest) for release in served])
        yield from _trained([release.manifest for release in served])


def _counted(served: Iterable[tuple[str, Tally, Manifest]]) -> Iterator[Metric]:
    """All are of rows."""
    inputs = CounterMetricFamily(
        "feature_rows", "Rows by bin of the training rows' deciles", labels=["release", "feature", "bin", "synthetic"]
    )
    unusual = CounterMetricFamily(
        "feature_out_of_range",
        "Rows with a value outside the training range, or of a category never seen",
        labels=["release", "feature", "synthetic"],
    )
    outcomes = CounterMetricFamily(
        "member_outcomes",
        "Rows that a member was asked, by what came of it",
        labels=["release", "model", "engine", "outcome", "synthetic"],
    )
    predicted = CounterMetricFamily(
        "member_predictions",
        "Rows that a member answered, by the class that it predicted",
        labels=["release", "model", "class", "synthetic"],
    )
    voted = CounterMetricFamily(
        "member_votes", "Rows that a member and another answered", labels=["release", "model", "synthetic"]
    )
    agreed = CounterMetricFamily(
        "member_agreements",
        "Those of them of which it said what the vote did",
        labels=["release", "model", "synthetic"],
    )
    votes = CounterMetricFamily(
        "vote_predictions",
        "Rows that two or more members were asked, by the class that their vote predicted",
        labels=["release", "class", "unanimous", "partial", "synthetic"],
    )
    for release, tally, manifest in served:
        names = {feature.name: Bins(feature).names for feature in manifest.features}
        for (feature, synthetic), rows in tally.bins.items():
            for bin_name, count in zip(names[feature], rows.tolist(), strict=True):
                inputs.add_metric([release, feature, bin_name, _word(synthetic)], count)
        for (feature, synthetic), count in tally.out_of_range.items():
            unusual.add_metric([release, feature, _word(synthetic)], count)
        for outcome, count in tally.outcomes.items():
            *named, synthetic = outcome
            outcomes.add_metric([release, *named, _word(synthetic)], count)
        for (member, synthetic), rows in tally.predicted.items():
            for label, count in zip(manifest.classes, rows.tolist(), strict=True):
                predicted.add_metric([release, member, label, _word(synthetic)], count)
        for family, counts in ((voted, tally.voted), (agreed, tally.agreed)):
            for (member, synthetic), count in counts.items():
                family.add_metric([release, member, _word(synthetic)], count)
        for vote, rows in tally.votes.items():
            for label, count in zip(manifest.classes, rows.tolist(), strict=True):
                votes.add_metric([release, label, *map(_word, vote)], count)
    return iter([inputs, unusual, outcomes, predicted, voted, agreed, votes])


def _trained(manifests: Iterable[Manifest]) -> Iterator[Metric]:
    """What the same would be for the training rows."""
    features = GaugeMetricFamily(
        "feature_training_share", "Share of the training rows in a bin", labels=["release", "feature", "bin"]
    )
    models = GaugeMetricFamily(
        "member_training_share",
        "Share of the training rows for which a model predicted a class, not having seen them",
        labels=["release", "model", "class"],
    )
    for manifest in manifests:
        for feature in manifest.features:
            if feature.bin_rows:  # which releases of older versions do not have
                for bin_name, rows in zip(Bins(feature).names, feature.bin_rows, strict=True):
                    features.add_metric([manifest.id, feature.name, bin_name], rows / manifest.data.rows)
        for model in manifest.models:
            predicted = [sum(column) for column in zip(*model.metrics.confusion_matrix, strict=True)]
            for label, rows in zip(manifest.classes, predicted, strict=True):
                models.add_metric([manifest.id, model.name, label], rows / sum(predicted))
    return iter([features, models])


def _word(truth: bool) -> str:
    return "true" if truth else "false"
