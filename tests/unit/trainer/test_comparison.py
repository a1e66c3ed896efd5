import numpy as np
from trainer.comparison import compare

LABELS = np.array([0, 0, 1, 1, 2])


def test_two_models_are_counted_where_they_agree_and_where_one_alone_is_right() -> None:
    first, second = np.array([0, 0, 1, 2, 0]), np.array([0, 1, 2, 1, 0])
    comparison = compare([first, second], LABELS)
    assert comparison.same == ((5, 2), (2, 5))
    assert comparison.only == ((0, 2), (1, 0))


def test_a_model_beside_itself_agrees_everywhere_and_knows_no_more() -> None:
    comparison = compare([LABELS, LABELS], LABELS)
    assert comparison.same == ((5, 5), (5, 5))
    assert comparison.only == ((0, 0), (0, 0))


def test_agreeing_on_a_wrong_class_is_agreeing() -> None:
    wrong = np.zeros(5, dtype=np.int64)
    assert compare([wrong, wrong], LABELS).same == ((5, 5), (5, 5))
