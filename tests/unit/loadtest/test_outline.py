"""How load rises and falls."""

import pytest

from loadtest.outline import height

SPIKE = ((0, 0.2), (0.4, 0.2), (0.4, 1), (0.6, 1), (0.6, 0.2), (1, 0.2))


@pytest.mark.parametrize(("share", "expected"), [(0, 0.2), (0.39, 0.2), (0.4, 1), (0.59, 1), (0.6, 0.2), (1, 0.2)])
def test_two_points_at_one_time_are_a_jump(share: float, expected: float) -> None:
    assert height(SPIKE, share) == expected


def test_between_two_points_it_is_a_line() -> None:
    assert height(((0, 0), (0.8, 1), (1, 1)), 0.4) == 0.5
