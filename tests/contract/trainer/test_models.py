"""Another estimator is one line, as the README says."""

import re
from pathlib import Path

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier
from trainer.estimator import Estimator
from trainer.evaluation import evaluate
from trainer.preset import DEFAULT
from trainer.recipe import SEED
from trainer.table import read_table

README = (Path(__file__).parents[3] / "README.md").read_text()


def test_the_readmes_line_is_a_model_that_learns_and_is_the_same_after_it_was_saved() -> None:
    [line] = re.findall(r"^Estimator\(.*\),$", README, re.MULTILINE)
    names = {"Estimator": Estimator, "ExtraTreesClassifier": ExtraTreesClassifier, "SEED": SEED}
    (model,) = eval(line, names)
    table = read_table(DEFAULT.path, target=DEFAULT.target, name=DEFAULT.name)
    assert evaluate(model, table, lambda name: None).metrics.accuracy > 0.9
    fitted = model.fit(table.features, table.rows, table.labels)
    again = model.load(fitted.save())
    np.testing.assert_array_equal(again.probabilities(table.rows), fitted.probabilities(table.rows))
    assert model.parameters["estimator"] == "ExtraTreesClassifier"
