"""The endpoint of the paper's Table 1, without a web framework: named features in, k-neighbors' answer out."""

from typing import Any

from loadtest.benchmark.contenders.engines import CLASSES, FEATURES, as_trained
from loadtest.benchmark.contenders.flower import Flower
from loadtest.benchmark.contenders.vote import label

model = as_trained("k_neighbors")


def predicted(flower: Flower) -> dict[str, Any]:
    row = [getattr(flower, feature) for feature in FEATURES]
    return label(model([row])[0].tolist(), CLASSES)
