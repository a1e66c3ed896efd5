"""Golden rows: proof that an engine computes what the trainer computed."""

import numpy as np

from serving.engine import Engine, probabilities
from serving.errors import EngineFailed
from serving.store import Manifest, Precision


def check_golden_rows(engine: Engine, manifest: Manifest, model: str, precision: Precision) -> None:
    """Replay the release's golden rows. Raises EngineFailed where the engine disagrees beyond the tolerance.

    A label may differ only where its margin, the first probability over the second, is below the tolerance.
    """
    rows = np.array(manifest.golden.rows, dtype=np.float64)
    expected = np.array(manifest.golden.probabilities[model], dtype=np.float64)
    tolerance = manifest.golden.tolerances[precision]
    answer = probabilities(engine, rows, len(manifest.classes))
    worst = float(np.abs(answer - expected).max())
    if worst > tolerance:
        raise EngineFailed(f"it differs from the golden rows by {worst:.2g}, and {tolerance:g} is allowed")
    top_two = np.sort(expected, axis=1)[:, -2:]
    differs = answer.argmax(axis=1) != expected.argmax(axis=1)
    if (differs & (top_two[:, 1] - top_two[:, 0] >= tolerance)).any():
        raise EngineFailed("it gives another label for a golden row")
