"""Finding the rows that make an engine raise, without failing the others."""

from collections.abc import Awaitable, Callable

import numpy as np

from serving.engine import Probabilities, Rows
from serving.errors import EngineFailed


async def bisect(
    ask: Callable[[Rows], Awaitable[Probabilities]], rows: Rows, classes: int
) -> tuple[Probabilities, dict[int, str]]:
    """Probabilities with NaN in the rows that failed, and why each of them failed, by its index.

    `ask` raises EngineFailed. Healthy rows cost one call, each bad row about log2(rows) more.
    """
    try:
        return await ask(rows), {}
    except EngineFailed as error:
        if len(rows) == 1:
            return np.full((1, classes), np.nan), {0: error.detail}
    middle = len(rows) // 2
    left, left_errors = await bisect(ask, rows[:middle], classes)
    right, right_errors = await bisect(ask, rows[middle:], classes)
    return np.concatenate([left, right]), left_errors | {middle + row: why for row, why in right_errors.items()}
