"""How often a failed call may be made again, so that retries cannot double the load on a server in trouble.

Source: Google, Site Reliability Engineering, chapter 22, "Retries"; Finagle's RetryBudget.
"""

SHARE = 0.1  # of the calls
RESERVE = 10  # retries that a rarely called server may have at once


class RetryBudget:
    """Each call earns a tenth of a retry, each retry costs one."""

    def __init__(self) -> None:
        self._balance = float(RESERVE)

    def earn(self) -> None:
        self._balance = min(self._balance + SHARE, RESERVE)

    def spend(self) -> bool:
        """Whether one more retry may be made; it is paid for then."""
        if self._balance < 1:
            return False
        self._balance -= 1
        return True
