"""A member: one model that is asked."""

from dataclasses import dataclass

from serving.store import Model

from gateway.backend import Backend


@dataclass(frozen=True)
class Member:
    """`backend` is None where none is configured for its framework.

    A foreign server's member has no entry in the manifest (`model`), and no version.
    """

    name: str
    backend: Backend | None
    version: str | None = None
    model: Model | None = None
