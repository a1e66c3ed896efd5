"""Stopping a service without failing anybody: callers are sent elsewhere first.

A container's first process is `python -m serving.draining gunicorn …`. On TERM it tells gunicorn's workers to drain
(SIGUSR1, see `serving.worker`), waits until their callers have noticed, and passes TERM on; gunicorn then finishes what
is in flight.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence

DRAIN_S = 3.0  # time for a readiness check, for names to be resolved again, and for connections to be closed in


class Draining:
    """Whether this process is about to stop: then its readiness says no, and its answers close their connections."""

    def __init__(self) -> None:
        self.begun = False

    def begin(self) -> None:
        self.begun = True


def main(command: Sequence[str]) -> int:
    """Run a server until it ends; its exit code."""
    server = subprocess.Popen(command)  # noqa: S603 - the one that the container was told to run

    def stop(*_: object) -> None:
        server.send_signal(signal.SIGUSR1)
        time.sleep(DRAIN_S)
        server.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    return server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
