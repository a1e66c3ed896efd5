"""One run of the trainer: evaluate, decide, publish."""

from collections.abc import Sequence

from serving.errors import StoreError
from serving.store import Manifest, ReleaseStore, ReleaseWriter

from trainer.candidate import build, refuse_unless_good
from trainer.evaluation import evaluate
from trainer.libraries import installed_versions
from trainer.recipe import FOLDS, recipe_digest
from trainer.report import Report
from trainer.table import Table
from trainer.trainable import Trainable


def train(
    writer: ReleaseWriter,
    table: Table,
    models: Sequence[Trainable],
    report: Report,
    *,
    min_accuracy: float | None = None,
    with_sample: bool = True,
) -> Manifest:
    """Train every model and publish them as the current release. Call it under the writer's lock.

    Raises CandidateRefused, with nothing published, where a model is not good enough.
    """
    with report.steps(table.data, [model.name for model in models], each=FOLDS + 1) as on_step:
        evaluations = {model.name: evaluate(model, table, on_step) for model in models}
        refuse_unless_good(table, evaluations, min_accuracy)
        candidate = build(models, table, evaluations, with_sample=with_sample, on_step=on_step)
    manifest = writer.publish(candidate.document, candidate.files)
    report.published(manifest, guessing=table.majority / table.data.rows, not_compiled=candidate.not_compiled)
    return manifest


def unchanged(store: ReleaseStore, table: Table, models: Sequence[Trainable], *, with_sample: bool) -> Manifest | None:
    """The current release, where it is whole and training would lead to the same one."""
    try:
        manifest = store.verify(store.current_id())
    except StoreError:
        return None
    same = (
        (manifest.data, manifest.features, manifest.classes) == (table.data, table.features, table.classes)
        and manifest.recipe_sha256 == recipe_digest(models)
        and manifest.libraries == installed_versions()
        and (manifest.sample is not None) == with_sample
    )
    return manifest if same else None
