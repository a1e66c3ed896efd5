import pytest
from serving.store import Data, Feature, Metrics
from trainer.card_words import intended_use, limits, model_limits, wilson

CLASSES = ("cat", "dog")
LENGTH = Feature(name="length", kind="number", min=1.0, max=7.0, missing=0)
COLOR = Feature(name="color", kind="category", categories=("blue", "red"), missing=0)
WET = Feature(name="wet", kind="boolean", missing=0)


def data(*class_rows: int) -> Data:
    return Data(name="pets", target="pet", rows=sum(class_rows), sha256="0" * 64, class_rows=class_rows)


def metrics(*matrix: tuple[int, ...], confidence: float | None = None) -> Metrics:
    rows = sum(map(sum, matrix))
    accuracy = sum(row[i] for i, row in enumerate(matrix)) / rows
    return Metrics(accuracy=accuracy, accuracy_std=0, log_loss=0, confusion_matrix=matrix, confidence=confidence)


def told(*features: Feature, class_rows: tuple[int, ...] = (50, 50)) -> str:
    return " ".join(limits(data(*class_rows), features, CLASSES, folds=5))


def test_the_intended_use_names_the_table_and_what_is_predicted() -> None:
    [alone] = intended_use(data(600, 600), [LENGTH], CLASSES, models=1)
    assert "“pet”, one of 2 classes, from 1 feature, " in alone
    assert "1,200 rows of the table “pets”" in alone


def test_several_models_are_there_to_be_compared() -> None:
    assert len(intended_use(data(50, 50), [LENGTH], CLASSES, models=1)) == 1
    assert intended_use(data(50, 50), [LENGTH], CLASSES, models=3)[1].startswith("See where 3 models agree")


@pytest.mark.parametrize(
    ("features", "begins"),
    [
        ([LENGTH], "Numbers outside the training rows’ ranges are answered"),
        ([COLOR], "Categories that no training row has are answered"),
        ([COLOR, LENGTH], "Numbers outside the training rows’ ranges and categories that no training row has are"),
        ([WET], "No value was missing"),
    ],
)
def test_inputs_that_no_row_came_near_are_told_by_their_kinds(features: list[Feature], begins: str) -> None:
    assert limits(data(50, 50), features, CLASSES, folds=5)[0].startswith(begins)


def test_a_table_is_not_said_to_warn_of_such_inputs() -> None:
    assert "single predictions and batches carry a warning then, a table’s rows do not" in told(LENGTH)


def test_missing_values_are_counted() -> None:
    age = Feature(name="age", kind="number", nullable=True, missing=3)
    legs = Feature(name="legs", kind="number", nullable=True, missing=7)
    assert "3 values are missing in the table (1.5\xa0%), all of them of “age”." in told(age, LENGTH)
    assert "10 values are missing in the table (5.0\xa0%), in 2 features, most of them (7) of “legs”." in told(
        age, legs
    )
    one = age.model_copy(update={"missing": 1})
    assert "1 value is missing in the table (1.0\xa0%)" in told(one)


@pytest.mark.parametrize(
    ("class_rows", "words"),
    [
        ((50, 50), "Each class has 50 rows: always guessing one would be right for 50.0\xa0%."),
        ((60, 50), "The largest class is “cat” with 60 of 110 rows"),
        (
            (40, 960),
            "The classes are uneven. “dog” has 960 of 1,000 rows: always guessing it would be right for 96.0\xa0%",
        ),
    ],
)
def test_the_balance_of_the_classes_is_told(class_rows: tuple[int, ...], words: str) -> None:
    assert words in told(LENGTH, class_rows=class_rows)


def test_a_class_of_few_rows_is_named() -> None:
    assert "The smallest class, “dog”, has 29 rows only" in told(LENGTH, class_rows=(50, 29))
    assert "smallest" not in told(LENGTH, class_rows=(50, 30))


def test_decisions_about_people_are_excluded() -> None:
    assert "Do not let these answers alone decide about people." in told(LENGTH)


def test_a_models_weakest_class_and_its_most_frequent_mistake_are_named() -> None:
    sentences = model_limits(metrics((45, 5), (8, 12)), CLASSES)
    assert "It is weakest on “dog”: it finds 12 of 20 rows." in sentences
    assert "Its most frequent mistake is to take “dog” for “cat”: 8 of 20 rows." in sentences


def test_a_model_without_a_mistake_has_no_weakest_class() -> None:
    [uncertainty] = model_limits(metrics((50, 0), (0, 50)), CLASSES)
    assert uncertainty.startswith("Measured on 100 rows, its accuracy lies between 0.963 and 1.000")


@pytest.mark.parametrize(
    ("confidence", "verdict"),
    [(0.93, "promise too much"), (0.87, "promise too little"), (0.91, "fit its accuracy on average")],
)
def test_a_models_confidence_is_held_against_its_accuracy(confidence: float, verdict: str) -> None:
    last = model_limits(metrics((45, 5), (5, 45), confidence=confidence), CLASSES)[-1]
    assert verdict in last
    assert f"has {confidence:.3f} on average and is right for 0.900 of the rows" in last


def test_the_interval_is_the_one_that_wilson_gives() -> None:
    assert wilson(0.5, 100) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert wilson(1.0, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
