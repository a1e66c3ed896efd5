"""Routes that are answered directly, where every microsecond counts.

FastAPI documents them like any other. It does not answer them: solving dependencies, and what it wraps around each call
for things that these endpoints do not use, takes longer than all that they do themselves.
"""

from collections.abc import Sequence

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.body import drop_body
from serving.errors import BodyStalled, ClientGone, ServingError
from serving.problem import serving_error


class DirectRoute(APIRoute):
    """Its endpoint takes one `Request` and gives a `Response`; OpenAPI learns of parameters from `openapi_extra`."""


class DirectRoutes:
    """Middleware that answers the direct routes among `routes`, and passes all other requests on."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self._routes = [route for route in routes if isinstance(route, DirectRoute)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for route in self._routes:
                match, found = route.matches(scope)
                if match == Match.FULL:
                    scope.update(found)
                    request = Request(scope, receive, send)
                    to_drop = False
                    try:
                        response = await route.endpoint(request)
                    except ServingError as error:
                        response = serving_error(request, error)
                        to_drop = not isinstance(error, BodyStalled | ClientGone)
                    if to_drop:  # out here, where nothing holds what has come of it
                        await drop_body(scope, receive)
                    await response(scope, receive, send)
                    return
        await self.app(scope, receive, send)
