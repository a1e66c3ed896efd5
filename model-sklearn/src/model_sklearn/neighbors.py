"""scikit-learn's k-nearest neighbors without what its `predict_proba` does around the search."""

from typing import Any

import numpy as np
from serving.engine import Engine, Probabilities, Rows


def search(classifier: Any) -> Engine | None:
    """The same search in the same tree, and the same shares, for a fifth of the time of one `predict_proba`.

    None for any other estimator, and where the neighbors are weighted or not in a tree. The tree is a private attribute
    of the classifier: `native` has made sure of scikit-learn's minor version, and the golden rows of the answers.
    """
    from sklearn.neighbors import KNeighborsClassifier

    if type(classifier) is not KNeighborsClassifier or classifier.weights != "uniform" or classifier._tree is None:
        return None
    tree, neighbors = classifier._tree, classifier.n_neighbors
    votes = np.eye(len(classifier.classes_))[classifier._y]  # (training rows, classes)

    def infer(rows: Rows) -> Probabilities:
        nearest = tree.query(rows, neighbors, return_distance=False)
        share: Probabilities = votes[nearest].sum(axis=1) / neighbors
        return share

    return infer
