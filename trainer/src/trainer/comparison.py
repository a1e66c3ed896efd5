"""Models against each other: where they agree, and where one knows what another does not."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from serving.store import Comparison


def compare(predicted: Sequence[NDArray[np.int64]], labels: NDArray[np.int64]) -> Comparison:
    """`predicted` holds each model's out-of-fold class indices, (rows,), in the release's order; `labels` the true."""
    classes = np.stack(predicted)
    right = (classes == labels).astype(np.int64)
    same = np.array([(classes == each).sum(axis=1) for each in classes])
    return Comparison(same=same.tolist(), only=(right @ (1 - right).T).tolist())
