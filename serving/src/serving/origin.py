"""Where a question comes from: what travels with it from the request to the model."""

from typing import NamedTuple

from fastapi import Request

from serving.headers import headers_of

_SYNTHETIC_HEADER = b"x-synthetic"


class Origin(NamedTuple):
    """`synthetic` marks what is asked for a test: it is answered like any other, and counted apart."""

    request_id: str = ""
    synthetic: bool = False


UNNAMED = Origin()


def origin_of(request: Request) -> Origin:
    """A request is synthetic where it has the header X-Synthetic, whatever that says."""
    return Origin(request.scope["state"]["request_id"], _SYNTHETIC_HEADER in headers_of(request.scope))
