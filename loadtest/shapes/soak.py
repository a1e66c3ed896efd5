"""The same load for an hour: what grows, leaks or ages?"""

from loadtest.shape import Shape


class Soak(Shape):
    users = 40
    seconds = 3_600
