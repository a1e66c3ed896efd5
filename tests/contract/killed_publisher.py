"""Publishers that are killed, each one step later than the one before.

`python -m tests.contract.killed_publisher STORE COPIES`

Every publisher is a process of its own, which kills itself for good (SIGKILL) before the step whose turn it is, and
works in a copy of the store, COPIES/0000, COPIES/0001, … The last one is left to its end.

A step is a line of `serving.store.writer`, or what Python's audit hooks tell of the store's files: what a library does
there in the writer's name. Source: the audit events table of Python's library reference.
"""

import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from serving.store import writer

from tests.releases import republish


def die_before(step: int, store: Path) -> None:
    """Let this process live until that step."""
    steps = count()

    def one_step() -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename != writer.__file__:
            return None
        if event == "line":
            one_step()
        return traced

    def audited(event: str, arguments: tuple[object, ...]) -> None:
        if any(str(argument).startswith(str(store)) for argument in arguments):
            one_step()

    sys.addaudithook(audited)
    sys.settrace(traced)


def main(store: Path, copies: Path) -> None:
    for step in count():
        copy = copies / f"{step:04}"
        shutil.copytree(store, copy, symlinks=True)
        publisher = os.fork()
        if publisher == 0:
            die_before(step, copy)
            republish(copy)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(publisher, 0)[1])
        if ended == 0:
            return
        if ended != -signal.SIGKILL:
            sys.exit(f"the publisher of step {step} ended with {ended}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
