from dataclasses import replace

import pytest
from serving.store import Comparison, Data, Feature, Metrics, Model
from trainer.model_card import Facts, escaped, markdown

METRICS = Metrics(
    accuracy=0.9, accuracy_std=0.02, log_loss=0.25, confusion_matrix=((9, 1), (1, 9)), folds=5, confidence=0.8
)
FACTS = Facts(
    data=Data(name="pets", target="pet", rows=20, sha256="0" * 64, class_rows=(10, 10)),
    features=(
        Feature(name="length", kind="number", unit="cm", min=1.0, max=7.5, missing=2),
        Feature(name="color", kind="category", categories=("blue", "red"), missing=0),
    ),
    classes=("cat", "dog"),
    models=[
        Model(name=name, framework="sklearn", files=(), parameters={"k": 5}, metrics=METRICS, limits=("Weak on dogs.",))
        for name in ("forest", "neighbors")
    ],
    comparison=Comparison(same=((20, 18), (18, 20)), only=((0, 1), (1, 0))),
    libraries={"python": "3.11.7"},
    intended_use=("Tell pets apart.",),
    limits=("No bird was asked.",),
)


def test_a_card_has_the_usual_headings_in_their_order() -> None:
    headings = [line[3:] for line in markdown(FACTS).splitlines() if line.startswith("## ")]
    assert headings == [
        "Model details",
        "Intended use",
        "Factors",
        "Metrics",
        "Evaluation data",
        "Training data",
        "Quantitative analyses",
        "Limitations and ethical considerations",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "| python | 3.11.7 |",
        "| k | 5 |",
        "- Tell pets apart.",
        "| cat | 10 |",
        "| forest | 0.900 ± 0.020 | 0.250 | 0.800 |",
        "| length | number | cm | 1 to 7.5 | 2 |",
        "| color | category |  | 2 categories | 0 |",
        "| true class | cat | dog |",
        "| dog | 1 | 9 |",
        "- Weak on dogs.",
        "|  | forest | neighbors |",
        "| forest | 20 | 18 |",
        "| neighbors | 1 | 0 |",
        "- No bird was asked.",
    ],
)
def test_a_card_tells_the_facts(line: str) -> None:
    assert line in markdown(FACTS).splitlines()


def test_a_single_model_is_compared_with_none() -> None:
    alone = replace(FACTS, models=FACTS.models[:1], comparison=Comparison(same=((20,),), only=((0,),)))
    assert "Model against model" not in markdown(alone)


def test_names_cannot_break_a_table_or_become_markup() -> None:
    hostile = replace(FACTS, classes=("a | b\n# c", "<script>"))
    lines = markdown(hostile).splitlines()
    assert "| a \\| b \\# c | 10 |" in lines
    assert "| \\<script\\> | 10 |" in lines


def test_an_underscore_within_a_word_needs_no_escape() -> None:
    assert escaped("petal_width _so_") == "petal_width \\_so\\_"
