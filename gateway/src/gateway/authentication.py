"""Asking each request for an API key, where the setting wants keys."""

from fastapi import Request
from serving.body import drop_body
from serving.errors import Unauthorized
from serving.problem import serving_error
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.api_keys import ApiKeys

KEY_HEADER = "X-API-Key"
HEALTH = frozenset({"/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready"})
_PAGE = frozenset({"/", "/index.html"})
_RAW_HEADER = KEY_HEADER.lower().encode()


class Authentication:
    """Middleware that refuses a request without an accepted key, and drops its body.

    Health needs none, nor do the page's own files, which ask for the key. Paths that do not exist are refused like
    those that do.
    """

    def __init__(self, app: ASGIApp, keys: ApiKeys, *, with_page: bool) -> None:
        self.app = app
        self._keys = keys
        self._open = HEALTH | _PAGE if with_page else HEALTH
        self._open_folder = "/assets/" if with_page else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        if refusal:
            await drop_body(scope, receive)
            await serving_error(Request(scope), refusal)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Unauthorized | None:
        path: str = scope["path"]
        if path in self._open or (self._open_folder and path.startswith(self._open_folder)):
            return None
        key = next((value for name, value in scope["headers"] if name == _RAW_HEADER), None)
        if key is None:
            return Unauthorized(f"an API key is wanted here: send yours in the header {KEY_HEADER}")
        key_id = self._keys.id_of(key)
        if key_id is None:
            return Unauthorized(f"the API key in the header {KEY_HEADER} is not accepted: ask its giver for another")
        scope["state"]["log"]["asked_by"] = key_id
        return None
