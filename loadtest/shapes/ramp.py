"""From one user to many over four fifths of the time; then they stay."""

from loadtest.shape import Shape


class Ramp(Shape):
    users = 100
    seconds = 300
    points = ((0, 0), (0.8, 1), (1, 1))
