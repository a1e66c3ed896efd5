import numpy as np
from trainer.golden import golden_rows
from trainer.table import Table


def test_there_are_at_most_256_golden_rows_and_every_time_the_same(mixed: Table) -> None:
    rows = golden_rows(mixed)
    assert len(rows) <= 256
    np.testing.assert_array_equal(rows, golden_rows(mixed))


def test_golden_rows_hold_rows_of_the_table_and_both_ends_of_every_range(mixed: Table) -> None:
    rows = {row.tobytes() for row in golden_rows(mixed)}
    assert all(row.tobytes() in rows for row in mixed.rows)
    assert np.array([0.0, 0.0, 0.0, 1.0]).tobytes() in rows
    assert np.array([3.9, 1.0, 1.0, 39.0]).tobytes() in rows


def test_golden_rows_hold_unseen_categories_and_missing_values_where_they_may_be_missing(mixed: Table) -> None:
    width, color, striped, age = golden_rows(mixed).T
    assert not np.isnan(width).any()
    assert (color == -1).any()
    assert set(color[~np.isnan(color)]) == {-1.0, 0.0, 1.0}
    assert all(np.isnan(column).any() for column in (color, striped, age))


def test_numbers_of_golden_rows_stay_in_the_training_range(plain: Table) -> None:
    rows = golden_rows(plain)
    assert (rows.min(axis=0).tolist(), rows.max(axis=0).tolist()) == ([0.0, 0.0], [39.0, 6.0])
