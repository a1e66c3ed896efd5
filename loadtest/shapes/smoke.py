"""A few users for 20 s: does everything answer, and rightly?"""

from loadtest.shape import Shape


class Smoke(Shape):
    users = 10
    seconds = 20
