"""Promises that are times, on machines that others use too."""

from collections.abc import Callable, Mapping

import pytest

TRIES = 3


def kept_in_one_of_three(attempt: Callable[[], Mapping[str, bool]]) -> None:
    """Each try is reported. `attempt` gives what was promised, with the figure, and whether it was kept."""
    for number in range(1, TRIES + 1):
        promises = attempt()
        for promise, kept in promises.items():
            print(f"try {number}: {'kept' if kept else 'BROKEN'}: {promise}")
        if all(promises.values()):
            return
    pytest.fail(f"not kept in any of {TRIES} tries")
