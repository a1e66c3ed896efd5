"""The stacks that the faults are injected into."""

import os
from collections.abc import Iterator

import pytest

from tests.e2e.conftest import brought_up, stack
from tests.e2e.stack import Stack

__all__ = ["stack"]


@pytest.fixture(scope="module")
def sick_stack() -> Iterator[Stack]:
    """The stack with sick members beside its own; each is asked by its name."""
    with brought_up(f"triptych-sick-{os.getpid()}", ["tests/faults/sick-members.yml"]) as stack:
        yield stack
