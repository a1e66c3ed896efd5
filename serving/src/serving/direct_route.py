"""A route whose endpoint takes the request as it is.

FastAPI's own way, dependencies solved and bodies validated by it, costs more than the whole rest of a request here.
What such an endpoint reads of the request, OpenAPI learns from `openapi_extra`.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute


class DirectRoute(APIRoute):
    """Endpoints take one `Request` and give a `Response`. Source: FastAPI's "Custom Request and APIRoute class"."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return self.endpoint
