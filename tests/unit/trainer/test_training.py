import csv
import io
import pickletools
from pathlib import Path

import joblib
import numpy as np
import pytest
from serving.errors import NoRelease
from serving.store import Manifest, ReleaseStore, ReleaseWriter
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.neighbors import KNeighborsClassifier
from trainer.errors import CandidateRefused
from trainer.estimator import Estimator
from trainer.report import Report
from trainer.table import Table
from trainer.training import train, unchanged

FOREST = Estimator("forest", RandomForestClassifier(n_estimators=5, random_state=1))
NEIGHBORS = Estimator("neighbors", KNeighborsClassifier(3))
GUESS = Estimator("guess", DummyClassifier(strategy="most_frequent"))


def stored(store: ReleaseStore, manifest: Manifest, name: str) -> bytes:
    [model] = [model for model in manifest.models if model.name == name]
    return store.model_file(manifest, model, model.files[0])


def golden_rows_of(manifest: Manifest) -> np.ndarray:
    return np.array(manifest.golden.rows, dtype=np.float64)


def test_what_was_trained_is_published_whole(writer: ReleaseWriter, mixed: Table, report: Report) -> None:
    manifest = train(writer, mixed, [FOREST, NEIGHBORS], report)
    assert writer.store.verify(writer.store.current_id()) == manifest
    assert (manifest.data, manifest.features, manifest.classes) == (mixed.data, mixed.features, mixed.classes)
    assert [model.name for model in manifest.models] == ["forest", "neighbors"]


def test_the_published_model_gives_the_golden_rows_probabilities(
    writer: ReleaseWriter, mixed: Table, report: Report
) -> None:
    manifest = train(writer, mixed, [NEIGHBORS], report)
    model = joblib.load(io.BytesIO(stored(writer.store, manifest, "neighbors")))
    np.testing.assert_array_equal(
        model.predict_proba(golden_rows_of(manifest)), manifest.golden.probabilities["neighbors"]
    )
    assert any(None in row for row in manifest.golden.rows)


def test_a_table_of_numbers_needs_no_pipeline(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    manifest = train(writer, plain, [NEIGHBORS], report)
    assert type(joblib.load(io.BytesIO(stored(writer.store, manifest, "neighbors")))) is KNeighborsClassifier


def test_a_published_pipeline_names_nothing_of_the_trainer(writer: ReleaseWriter, mixed: Table, report: Report) -> None:
    content = stored(writer.store, train(writer, mixed, [FOREST], report), "forest")
    texts = {argument for _, argument, _ in pickletools.genops(_without_arrays(content)) if isinstance(argument, str)}
    assert any(text.startswith("sklearn.") for text in texts)
    assert not any(text.startswith("trainer") for text in texts)


def _without_arrays(content: bytes) -> bytes:
    """The same object pickled plainly: joblib puts arrays between the opcodes."""
    import pickle

    return pickle.dumps(joblib.load(io.BytesIO(content)))


def test_a_seeded_run_gives_the_same_metrics_and_probabilities(
    writer: ReleaseWriter, mixed: Table, report: Report
) -> None:
    first, second = (train(writer, mixed, [FOREST], report) for _ in range(2))
    assert first.id != second.id
    assert first.models[0].metrics == second.models[0].metrics
    assert first.golden == second.golden


def test_metrics_come_from_out_of_fold_predictions(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    memorizing = Estimator("memorizing", KNeighborsClassifier(1))
    metrics = train(writer, plain, [memorizing], report).models[0].metrics
    confusion = np.array(metrics.confusion_matrix)
    assert confusion.sum() == 40
    assert metrics.accuracy == np.trace(confusion) / 40
    assert metrics.accuracy < 1  # on the rows that it has seen it would be 1


def test_the_sample_has_the_cells_as_they_were_and_each_models_prediction(
    writer: ReleaseWriter, mixed: Table, report: Report
) -> None:
    manifest = train(writer, mixed, [FOREST, NEIGHBORS], report)
    sample = writer.store.sample(manifest)
    assert sample is not None
    rows = list(csv.DictReader(io.StringIO(sample.decode())))
    assert len(rows) == 40
    assert list(rows[0]) == ["width", "color", "striped", "age", "label", "predicted:forest", "predicted:neighbors"]
    assert [rows[0][name] for name in ("width", "color", "striped", "age", "label")] == ["0.0", "blue", "True", "", "a"]
    right = sum(row["predicted:forest"] == row["label"] for row in rows) / len(rows)
    assert right == manifest.models[0].metrics.accuracy


def test_without_a_sample_no_row_is_published(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    manifest = train(writer, plain, [FOREST], report, with_sample=False)
    assert manifest.sample is None
    assert not (writer.store.folder(manifest.id) / "sample.csv").exists()


def test_the_model_card_is_a_file_of_the_release(writer: ReleaseWriter, mixed: Table, report: Report) -> None:
    manifest = train(writer, mixed, [FOREST, NEIGHBORS], report, with_sample=False)
    content = writer.store.card(manifest)
    assert content is not None
    assert content == (writer.store.folder(manifest.id) / "MODEL_CARD.md").read_bytes()
    assert content.startswith(b"# Model card: mixed\n")


def test_the_same_run_gives_the_same_card(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    first, second = (train(writer, plain, [FOREST], report) for _ in range(2))
    assert first.card == second.card


def test_models_are_compared_by_the_predictions_of_their_metrics(
    writer: ReleaseWriter, mixed: Table, report: Report
) -> None:
    manifest = train(writer, mixed, [FOREST, NEIGHBORS], report)
    comparison, rows = manifest.comparison, manifest.data.rows
    assert comparison is not None
    assert [comparison.same[i][i] for i in (0, 1)] == [rows, rows]
    right = [round(model.metrics.accuracy * rows) for model in manifest.models]
    assert right[0] - comparison.only[0][1] == right[1] - comparison.only[1][0]  # the rows for which both are right


def test_metrics_tell_the_folds_and_how_sure_the_model_was(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    metrics = train(writer, plain, [Estimator("memorizing", KNeighborsClassifier(1))], report).models[0].metrics
    assert metrics.folds == 5
    assert metrics.confidence == 1.0  # one neighbor leaves no doubt


def test_a_model_that_only_guesses_is_refused_and_nothing_is_published(
    writer: ReleaseWriter, plain: Table, report: Report
) -> None:
    with pytest.raises(CandidateRefused, match=r"guess .* does not beat .* \(0.500\)") as refused:
        train(writer, plain, [FOREST, GUESS], report)
    assert len(refused.value.reasons) == 1
    with pytest.raises(NoRelease):
        writer.store.current_id()
    assert list((writer.root / "releases").iterdir()) == []


def test_less_accuracy_than_asked_for_is_refused(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    with pytest.raises(CandidateRefused, match=r"forest has accuracy 0\.\d+, and 1.0 was asked for"):
        train(writer, plain, [FOREST], report, min_accuracy=1.0)


def test_a_run_that_would_give_the_same_release_finds_it(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    manifest = train(writer, plain, [FOREST], report)
    assert unchanged(writer.store, plain, [FOREST], with_sample=True) == manifest


def test_another_table_recipe_or_sample_is_a_change(
    writer: ReleaseWriter, plain: Table, mixed: Table, report: Report
) -> None:
    train(writer, plain, [FOREST], report)
    larger = Estimator("forest", RandomForestClassifier(n_estimators=6, random_state=1))
    assert unchanged(writer.store, mixed, [FOREST], with_sample=True) is None
    assert unchanged(writer.store, plain, [larger], with_sample=True) is None
    assert unchanged(writer.store, plain, [FOREST, NEIGHBORS], with_sample=True) is None
    assert unchanged(writer.store, plain, [FOREST], with_sample=False) is None


def test_a_damaged_release_counts_as_changed(writer: ReleaseWriter, plain: Table, report: Report) -> None:
    manifest = train(writer, plain, [FOREST], report)
    (writer.store.folder(manifest.id) / "forest" / "model.joblib").write_bytes(b"")
    assert unchanged(writer.store, plain, [FOREST], with_sample=True) is None


def test_the_report_is_plain_text_where_there_is_no_terminal(
    writer: ReleaseWriter, plain: Table, report: Report, printed: io.StringIO
) -> None:
    manifest = train(writer, plain, [FOREST], report)
    text = printed.getvalue()
    assert "training forest on plain (40 rows)" in text
    assert f"published {manifest.id}" in text
    assert f"{manifest.models[0].metrics.accuracy:.3f} ± " in text
    assert "\x1b" not in text


def test_a_sample_of_a_large_table_has_1000_rows_in_the_classes_proportions(
    tmp_path: Path, writer: ReleaseWriter, report: Report
) -> None:
    from trainer.table import read_table

    path = tmp_path / "large.csv"
    path.write_text("x,label\n" + "".join(f"{i},{'rare' if i < 200 else 'common'}\n" for i in range(2000)))
    manifest = train(writer, read_table(path, target="label", name="large"), [FOREST], report)
    lines = (writer.store.sample(manifest) or b"").decode().splitlines()[1:]
    assert len(lines) == 1000
    assert sum(",rare," in line for line in lines) == 100
