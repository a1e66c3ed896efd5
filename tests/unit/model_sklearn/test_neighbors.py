import numpy as np
import pytest
from model_sklearn.neighbors import search
from sklearn.dummy import DummyClassifier
from sklearn.neighbors import KNeighborsClassifier

RANDOM = np.random.default_rng(1)
ROWS = RANDOM.integers(0, 4, (300, 3)).astype(np.float64)  # integers, for many ties
LABELS = RANDOM.integers(0, 3, 300)


@pytest.mark.parametrize("algorithm", ["kd_tree", "ball_tree"])
def test_the_search_gives_the_very_probabilities_of_predict_proba(algorithm: str) -> None:
    classifier = KNeighborsClassifier(n_neighbors=7, algorithm=algorithm).fit(ROWS, LABELS)
    engine = search(classifier)
    assert engine is not None
    asked = RANDOM.uniform(-1, 5, (200, 3))
    for rows in (ROWS, asked, asked[:1]):
        np.testing.assert_array_equal(engine(rows), classifier.predict_proba(rows), strict=True)


@pytest.mark.parametrize(
    "classifier", [KNeighborsClassifier(algorithm="brute"), KNeighborsClassifier(weights="distance"), DummyClassifier()]
)
def test_what_is_not_a_plain_search_in_a_tree_is_left_to_predict_proba(classifier: DummyClassifier) -> None:
    assert search(classifier.fit(ROWS, LABELS)) is None
