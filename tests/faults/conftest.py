"""Stacks in which something is other than as shipped."""

import os
from collections.abc import Iterator

import pytest

from tests.stack import Stack, brought_up


@pytest.fixture(scope="module")
def altered_stack(request: pytest.FixtureRequest) -> Iterator[Stack]:
    """The stack with what a further Compose file of this folder says, the parameter."""
    files = f"docker-compose.yml{os.pathsep}tests/faults/{request.param}"
    with brought_up(f"triptych-altered-{os.getpid()}", COMPOSE_FILE=files) as stack:
        yield stack
