"""Bytes over a plain socket, and what comes back."""

import json
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httptools


@dataclass
class Answer:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Exchange:
    """`answers` are those that came whole; `closed` is whether the server ended the connection, after `seconds`."""

    answers: list[Answer]
    raw: bytes
    closed: bool
    seconds: float

    def statuses(self) -> list[int]:
        """Of all answers but interim ones. An answer to HTTP/0.9 has no head, and says its status in its document."""
        if self.raw and not self.answers:
            return [json.loads(self.raw)["status"]]
        return [answer.status for answer in self.answers if answer.status >= 200]


class _Answers:
    def __init__(self) -> None:
        self.whole: list[Answer] = []
        self._parser = httptools.HttpResponseParser(self)

    def read(self, raw: bytes) -> None:
        with suppress(httptools.HttpParserError):  # it is no HTTP, or it is HTTP/0.9, which has no head
            self._parser.feed_data(raw)

    def on_message_begin(self) -> None:
        self._answer = Answer(0)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._answer.headers[name.decode().lower()] = value.decode("latin-1")

    def on_body(self, part: bytes) -> None:
        self._answer.body += part

    def on_message_complete(self) -> None:
        self._answer.status = self._parser.get_status_code()
        self.whole.append(self._answer)


def exchange(url: str, sent: bytes | list[bytes], *, every_s: float = 0.0, quiet_s: float = 1.0) -> Exchange:
    """Send everything, or part by part, and read until the server closes or says nothing for `quiet_s` seconds."""
    address = urlsplit(url)
    began = time.monotonic()
    raw, closed = b"", False
    with socket.create_connection((address.hostname, address.port), timeout=quiet_s) as connection:
        with suppress(OSError):  # where it has closed already, what it said is still to be read
            for part in [sent] if isinstance(sent, bytes) else sent:
                connection.sendall(part)
                time.sleep(every_s)
        try:
            while part := connection.recv(2**16):
                raw += part
            closed = True
        except TimeoutError:
            pass
        except OSError:
            closed = True
    answers = _Answers()
    answers.read(raw)
    return Exchange(answers.whole, raw, closed, time.monotonic() - began)
