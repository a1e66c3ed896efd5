"""A request's headers by name. Many look for one on a request's way: each would go through all of them again."""

from starlette.types import Scope

_BY_NAME = "headers_by_name"


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """By names in small letters; of several of one name, the last."""
    headers: dict[bytes, bytes] | None = scope.get(_BY_NAME)
    if headers is None:
        headers = scope[_BY_NAME] = dict(scope["headers"])
    return headers
