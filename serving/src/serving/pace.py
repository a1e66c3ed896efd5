"""How long a call will take, learned from how long calls took."""

FORGET = 0.9  # weight of what was known before a call: about the last ten calls count
SHRINK = 0.999  # of the largest call, with each smaller one: hundreds of them do not take its place


class Pace:
    """A line fitted to the latest calls: seconds = base + slope * rows, by least squares, older calls weighing less.

    A batch costs little more than a row for most models, and as many times as much for others: one figure a row would
    refuse what the former could take, or accept what the latter cannot.

    From calls of a few rows, whose time varies more by chance than by their rows, the line says nothing of large ones:
    these are not expected to take longer than the largest call lately, or as many times as long as they have more rows.
    """

    def __init__(self) -> None:
        self._weight = self._rows = self._seconds = self._rows_rows = self._rows_seconds = 0.0
        self._base = self._slope = 0.0
        self._largest_rows = self._largest_seconds = 0.0

    @property
    def known(self) -> bool:
        return self._weight > 0

    def learn(self, rows: int, seconds: float) -> None:
        """A call with `rows` rows took so long."""
        self._weight = self._weight * FORGET + 1
        self._rows = self._rows * FORGET + rows
        self._seconds = self._seconds * FORGET + seconds
        self._rows_rows = self._rows_rows * FORGET + rows * rows
        self._rows_seconds = self._rows_seconds * FORGET + rows * seconds
        spread = self._weight * self._rows_rows - self._rows**2
        if spread > 1e-6 * self._rows_rows:
            slope = (self._weight * self._rows_seconds - self._rows * self._seconds) / spread
            self._slope = min(max(slope, 0.0), self._seconds / self._rows)
        self._base = max(0.0, (self._seconds - self._slope * self._rows) / self._weight)
        if rows >= self._largest_rows:
            self._largest_rows, self._largest_seconds = rows, seconds
        else:
            self._largest_rows *= SHRINK
            self._largest_seconds = max(self._largest_seconds, seconds)

    def seconds(self, rows: int) -> float:
        """What a call with `rows` rows is expected to take; 0 as long as nothing is known."""
        expected = self._base + self._slope * rows
        if expected <= self._largest_seconds:
            return expected
        usual = self._base + self._slope * self._rows / self._weight
        largest = self._largest_seconds * max(1.0, rows / self._largest_rows)
        return min(expected, max(usual, largest))
