"""Where a question comes from: what travels with it from the request to the model."""

from typing import NamedTuple

from fastapi import Request

_SYNTHETIC_HEADER = b"x-synthetic"


class Origin(NamedTuple):
    """`synthetic` marks what is asked for a test: it is answered like any other, and counted apart."""

    request_id: str = ""
    synthetic: bool = False


UNNAMED = Origin()


def origin_of(request: Request) -> Origin:
    """A request is synthetic where it has the header X-Synthetic, whatever that says."""
    synthetic = False
    for name, _ in request.scope["headers"]:
        synthetic = synthetic or name == _SYNTHETIC_HEADER
    return Origin(request.scope["state"]["request_id"], synthetic)
