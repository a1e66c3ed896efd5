"""What the machine may lack: tests that need it are skipped, and fail where a variable says that it must be there."""

import os

import pytest


def lacking(what: str, variable: str) -> None:
    if os.environ.get(variable):
        pytest.fail(f"{what}, and {variable} is set")
    pytest.skip(what)
