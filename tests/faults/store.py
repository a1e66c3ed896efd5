"""A hand in the stack's store, by way of a container that may write to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.e2e.stack import ROOT, Stack

MOUNTED = ("--rm", "--no-deps", "--volume", f"{ROOT / 'tests'}:/app/tests:ro", "--entrypoint", "python")


def prebuilt(stack: Stack, kind: str, count: int) -> list[str]:
    """The ids of so many new releases of a kind, none of which is current."""
    return stack.compose("run", *MOUNTED, "trainer", "-m", "tests.faults.prebuilt", kind, str(count)).stdout.split()


@contextmanager
def switch(stack: Stack) -> Iterator[Callable[[str], None]]:
    """Gives a function that makes a release current; in the end the one that was."""
    before = stack.current_release()
    process = stack.started("run", "-T", *MOUNTED, "trainer", "-m", "tests.faults.switch")
    ids, made = process.stdin, process.stdout
    assert ids
    assert made

    def make_current(release: str) -> None:
        ids.write(f"{release}\n")
        ids.flush()
        assert made.readline() == "made\n"

    try:
        yield make_current
    finally:
        make_current(before)
        process.communicate(timeout=20)
