"""A hand in the stack's store, by way of a container that may write to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.stack import ROOT, Stack

MOUNTED = ("--rm", "--no-deps", "--volume", f"{ROOT / 'tests'}:/app/tests:ro", "--entrypoint", "python")


@contextmanager
def prebuilt(stack: Stack, kind: str, count: int, of: str | None = None) -> Iterator[list[str]]:
    """The ids of so many new releases of a kind, made from that or the current one. They are removed in the end."""
    made = python(stack, "-m", "tests.faults.prebuilt", kind, str(count), of or stack.current_release()).split()
    try:
        yield made
    finally:
        remove = "import shutil, sys; [shutil.rmtree(f'/store/releases/{each}') for each in sys.argv[1:]]"
        python(stack, "-c", remove, *made)


def python(stack: Stack, *arguments: str) -> str:
    """What Python prints in a container of the trainer's."""
    return stack.compose("run", *MOUNTED, "trainer", *arguments).stdout


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
