"""A few users; for a sixth of the time, at once, five times as many; then the few again."""

from loadtest.shape import Shape


class Spike(Shape):
    users = 150
    seconds = 180
    points = ((0, 0.2), (0.4, 0.2), (0.4, 1), (0.56, 1), (0.56, 0.2), (1, 0.2))
