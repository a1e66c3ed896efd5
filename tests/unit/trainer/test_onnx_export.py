import numpy as np
import onnxruntime
import pytest
from serving.errors import EngineFailed
from sklearn.base import ClassifierMixin
from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier
from trainer.candidate import TOLERANCES
from trainer.estimator import Estimator
from trainer.golden import golden_rows
from trainer.onnx_export import MOST_NEIGHBORS, MOST_SEARCHED, to_onnx
from trainer.table import Table
from trainer.trainable import Rows

CLASSIFIERS = [
    RandomForestClassifier(n_estimators=500, max_depth=3, random_state=1),
    ExtraTreesClassifier(n_estimators=20, random_state=1),
    DecisionTreeClassifier(random_state=1),
    GradientBoostingClassifier(random_state=1),
    LogisticRegression(),
]


def computed(content: bytes, rows: Rows) -> np.ndarray:
    """What the graph's only output holds."""
    session = onnxruntime.InferenceSession(content)
    [given] = session.get_inputs()
    dtype = np.float32 if given.type == "tensor(float)" else np.float64
    [answer] = session.run(None, {given.name: rows.astype(dtype)})
    return np.asarray(answer)


@pytest.mark.parametrize("classifier", CLASSIFIERS, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("kind", ["plain", "mixed"])
def test_a_graph_computes_what_the_estimator_does(
    classifier: ClassifierMixin, kind: str, request: pytest.FixtureRequest
) -> None:
    table: Table = request.getfixturevalue(kind)
    fitted = Estimator("any", classifier).fit(table.features, table.rows, table.labels)
    golden = golden_rows(table)
    answer = computed(fitted.compile(), golden)
    np.testing.assert_allclose(answer, fitted.probabilities(golden), rtol=0, atol=TOLERANCES["float64"])


def test_a_forest_decides_as_scikit_learn_does_next_to_its_thresholds() -> None:
    random = np.random.default_rng(1)
    rows = random.random((300, 4))
    forest = RandomForestClassifier(random_state=1).fit(rows, random.integers(0, 3, 300))
    thresholds = np.concatenate([tree.tree_.threshold[tree.tree_.feature >= 0] for tree in forest.estimators_])
    near = np.concatenate([thresholds, np.nextafter(thresholds, 9), thresholds.astype(np.float32).astype(np.float64)])
    rows = random.choice(near, (2000, 4))
    np.testing.assert_allclose(computed(to_onnx(forest), rows), forest.predict_proba(rows), rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("classifier", "most"),
    [
        (KNeighborsClassifier(), MOST_SEARCHED),
        (make_pipeline(StandardScaler(), KNeighborsClassifier()), MOST_NEIGHBORS),
    ],
    ids=["bare", "pipeline"],
)
def test_neighbors_among_many_rows_are_left_to_scikit_learn(classifier: ClassifierMixin, most: int) -> None:
    rows = np.arange(most + 1.0)[:, np.newaxis]
    to_onnx(classifier.fit(rows[:-1], rows[:-1, 0] > 9))
    with pytest.raises(EngineFailed, match=f"{most + 1} rows"):
        to_onnx(classifier.fit(rows, rows[:, 0] > 9))
