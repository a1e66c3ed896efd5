"""The security headers of an answer, and requests that together bring answers of every kind from every route."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import httpx2
from gateway.page import DOCS_CSP, PAGE_CSP, SECURITY_HEADERS

from tests.flower import FLOWER

TENSOR = {"inputs": [{"name": "input", "shape": [1, 4], "datatype": "FP64", "data": [5.1, 3.5, 1.4, 0.2]}]}
CSV = {"Content-Type": "text/csv"}
JSON = {"Content-Type": "application/json"}
DOCS_ASSET = "/docs/assets/swagger-ui-bundle.js"
KIB = 1024


class Ask(NamedTuple):
    status: int
    method: str
    path: str
    more: Mapping[str, Any] = MappingProxyType({})  # arguments of the client

    def of(self, client: httpx2.Client) -> httpx2.Response:
        return client.request(self.method, self.path, **self.more)


ANSWERED = [  # with nginx and without
    Ask(200, "GET", "/"),
    Ask(200, "GET", "/index.html"),
    Ask(200, "POST", "/predict", {"json": FLOWER}),
    Ask(200, "POST", "/predict/batch", {"json": {"instances": [FLOWER]}}),
    Ask(200, "POST", "/predict/csv", {"content": ",".join(FLOWER) + "\n1,2,3,4\n", "headers": CSV}),
    Ask(200, "POST", "/predict/csv/columns", {"content": ",".join(FLOWER) + "\n", "headers": CSV}),
    Ask(200, "GET", "/models"),
    Ask(200, "GET", "/dataset"),
    Ask(200, "GET", "/health/live"),
    Ask(200, "GET", "/health/ready"),
    Ask(200, "GET", "/docs"),
    Ask(200, "GET", DOCS_ASSET),
    Ask(200, "GET", "/openapi.json"),
    Ask(200, "GET", "/", {"headers": {"Range": "bytes=99999999-"}}),
    Ask(200, "GET", DOCS_ASSET, {"headers": {"Range": "bytes=1-2"}}),
    Ask(200, "GET", "/v2"),
    Ask(200, "GET", "/v2/health/ready"),
    Ask(200, "GET", "/v2/models/k_neighbors"),
    Ask(200, "POST", "/v2/models/k_neighbors/infer", {"json": TENSOR}),
    Ask(200, "POST", "/v2/repository/index"),
    Ask(400, "POST", "/predict", {"content": "{", "headers": JSON}),
    Ask(404, "GET", "/nothing"),
    Ask(404, "GET", "/assets/nothing.js"),
    Ask(404, "GET", "/docs/assets/nothing.js"),
    Ask(404, "GET", "/v2/models/none"),
    Ask(405, "GET", "/predict"),
    Ask(405, "DELETE", "/models"),
    Ask(405, "POST", "/"),
    Ask(413, "POST", "/predict", {"content": b" " * (64 * KIB + 1), "headers": JSON}),
    Ask(413, "POST", "/predict/batch", {"content": b" " * (8 * KIB * KIB + 1), "headers": JSON}),
    Ask(413, "POST", "/predict/csv/columns", {"content": b" " * (64 * KIB + 1), "headers": CSV}),
    Ask(415, "POST", "/predict", {"content": b"a", "headers": {"Content-Type": "text/plain"}}),
    Ask(422, "POST", "/predict", {"json": {}}),
    Ask(422, "POST", "/predict/batch", {"json": {"instances": []}}),
    Ask(422, "POST", "/predict/csv", {"content": "a\n1\n", "headers": CSV}),
    Ask(422, "POST", "/v2/models/k_neighbors/infer", {"json": {"inputs": []}}),
]
ANSWERED_BY_NGINX = [
    Ask(400, "GET", "/", {"headers": {"Host": "a b"}}),
    Ask(404, "GET", "/metrics"),
    Ask(404, "POST", "/v2/repository/models/k_neighbors/unload"),
    Ask(405, "BREW", "/predict"),
    Ask(412, "GET", "/", {"headers": {"If-Match": '"x"'}}),
    Ask(414, "GET", "/" + "x" * 9 * KIB),
    Ask(431, "GET", "/", {"headers": {"X": "x" * 9 * KIB}}),
]


def assert_secured(answer: httpx2.Response) -> None:
    """Each header once, nothing of the software's version, and an error in the one shape."""
    policy = DOCS_CSP if answer.request.url.path.startswith("/docs") else PAGE_CSP
    for name, value in {**SECURITY_HEADERS, "Content-Security-Policy": policy}.items():
        assert answer.headers.get_list(name) == [value], f"{name} of {answer}"
    assert not any(letter.isdigit() for letter in answer.headers.get("Server", ""))
    assert "X-Powered-By" not in answer.headers
    if answer.status_code >= 400 and "ready" not in answer.json():
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert {"type", "title", "status", "detail", "request_id", "error"} <= set(answer.json())


def asset(client: httpx2.Client) -> str:
    """The path of a script of the page."""
    page = client.get("/").text
    start = page.index("/assets/")
    return page[start : page.index('"', start)]


def revalidations(client: httpx2.Client, path: str) -> list[httpx2.Response]:
    """The answers to a client that has the file already, and says so by either validator."""
    first = client.get(path)
    return [
        client.get(path, headers={"If-None-Match": first.headers["ETag"]}),
        client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]}),
    ]
