"""The stack that the faults are injected into."""

from tests.e2e.conftest import stack

__all__ = ["stack"]
