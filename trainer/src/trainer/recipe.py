"""All that training depends on besides the table."""

import hashlib
import json
from collections.abc import Iterable

from trainer.trainable import Trainable

RECIPE_VERSION = 4  # raise it when the training code changes what comes out
SEED = 20230929
FOLDS = 5


def recipe_digest(models: Iterable[Trainable]) -> str:
    """SHA-256 of the recipe as canonical JSON."""
    recipe = {
        "version": RECIPE_VERSION,
        "seed": SEED,
        "folds": FOLDS,
        "models": [[model.name, model.framework, model.parameters] for model in models],
    }
    return hashlib.sha256(json.dumps(recipe, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
