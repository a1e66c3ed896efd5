"""The sample that a release carries for the page: some rows, with what each model said to them unseen."""

from collections.abc import Mapping

import numpy as np
from serving.store import PREDICTED

from trainer.evaluation import Evaluation
from trainer.table import Table

MOST_ROWS = 1000


def sample_csv(table: Table, evaluations: Mapping[str, Evaluation]) -> bytes:
    """At most 1,000 stratified rows: features, target, then each model's out-of-fold class (`predicted:<model>`)."""
    chosen = np.arange(table.data.rows)
    if len(chosen) > MOST_ROWS:  # evenly spaced over the rows sorted by class: each class keeps its share
        by_class = np.argsort(table.labels, kind="stable")
        chosen = np.sort(by_class[np.linspace(0, len(chosen) - 1, MOST_ROWS).astype(int)])
    classes = np.array(table.classes, dtype=object)
    sample = table.columns.iloc[chosen][[*(feature.name for feature in table.features), table.data.target]]
    predictions = {PREDICTED + name: classes[each.predicted[chosen]] for name, each in evaluations.items()}
    text = sample.assign(**predictions).to_csv(index=False, lineterminator="\n")
    return text.encode()
