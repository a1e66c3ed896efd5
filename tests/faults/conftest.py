"""The stacks that the faults are injected into."""

import os
from collections.abc import Iterator

import pytest

from tests.e2e.conftest import brought_up, stack, wine_release
from tests.e2e.stack import Stack

__all__ = ["stack", "wine_release"]


@pytest.fixture(scope="module")
def altered_stack(request: pytest.FixtureRequest) -> Iterator[Stack]:
    """The stack with what a further Compose file of this folder says, the parameter."""
    files = f"docker-compose.yml{os.pathsep}tests/faults/{request.param}"
    with brought_up(f"triptych-altered-{os.getpid()}", COMPOSE_FILE=files) as stack:
        yield stack
