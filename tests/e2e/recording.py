"""A server that only listens."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from tests.loadtest_releases import MODELS

Asked = list[tuple[Message, str]]
"""The headers and the body of each request."""


class Recording(BaseHTTPRequestHandler):
    """Names a release, is out of order otherwise, and remembers what it was asked: headers and body."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[Asked]

    def do_GET(self) -> None:
        self.asked.append((self.headers, ""))
        self._answer(200, json.dumps(MODELS).encode())

    def do_POST(self) -> None:
        self.asked.append((self.headers, self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()))
        self._answer(503, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def recording() -> Iterator[tuple[str, Asked]]:
    """Its address, and what it has been asked so far."""
    Recording.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Recording) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", Recording.asked
        finally:
            server.shutdown()
            thread.join()
