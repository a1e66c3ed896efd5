"""Hostile JSON: what stands in the place of a body, or of one number in it, and the status that it gets."""

import gzip
import re
from collections.abc import Callable

SECRET = b"tell-nobody"  # no answer repeats it
FLOWER = b'{"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}'
TENSOR = b'{"name": "input", "shape": [1, 4], "datatype": "FP64", "data": [5.1, 3.5, 1.4, 0.2]}'
VALID = {
    "/predict": FLOWER,
    "/predict/batch": b'{"instances": [%b, %b]}' % (FLOWER, FLOWER),
    "/v2/models/k_neighbors/infer": b'{"inputs": [%b]}' % TENSOR,
}

NUMBERS: list[tuple[str, bytes, int]] = [
    ("not a number", b"NaN", 422),
    ("infinity", b"Infinity", 422),
    ("more than a float has", b"1e999", 422),
    ("less than a float has", b"-1e999", 422),
    ("more than a model takes", b"1e300", 422),
    ("4,000 digits", b"9" * 4_000, 422),
    ("5,000 digits", b"9" * 5_000, 400),
    ("5,000 digits after the point", b"5." + b"9" * 5_000, 200),
    ("a number as text", b'"5.1"', 422),
    ("a truth", b"true", 422),
    ("nothing", b"null", 422),
    ("a list", b"[5.1, 3.5]", 422),
    ("an object", b'{"%b": 1}' % SECRET, 422),
    ("a text", b'"%b"' % SECRET, 422),
    ("half of a surrogate pair", rb'"\ud800"', 400),
    ("an escaped NUL", rb'"\u0000"', 422),
    ("a NUL", b"\0", 400),
    ("a line end in a text", b'"\n"', 400),
    ("bytes that are no text", b'"\xff\xfe"', 400),
    ("a text in Latin-1", b'"caf\xe9"', 400),
    ("30,000 brackets", b"[" * 30_000, 400),
    ("30,000 brackets that close", b"[" * 30_000 + b"]" * 30_000, 400),
    ("5,000 objects in one another", b'{"a":' * 5_000 + b"1" + b"}" * 5_000, 400),
    ("60,000 letters", b'"' + b"x" * 60_000 + b'"', 422),
    ("a leading zero", b"05.1", 400),
    ("a plus", b"+5.1", 400),
    ("hexadecimal", b"0x5", 400),
    ("a comment", b"5.1 /* */", 400),
    ("two commas", b"5.1,,", 400),
]

BODIES: list[tuple[str, Callable[[bytes], bytes], int]] = [
    ("nothing", lambda valid: b"", 400),
    ("blanks", lambda valid: b" " * 1_000, 400),
    ("cut off", lambda valid: valid[:-1], 400),
    ("more behind it", lambda valid: valid + b"}", 400),
    ("twice", lambda valid: valid + valid, 400),
    ("a byte order mark", lambda valid: b"\xef\xbb\xbf" + valid, 400),
    ("in UTF-16", lambda valid: valid.decode().encode("utf-16"), 400),
    ("in UTF-32", lambda valid: valid.decode().encode("utf-32-le"), 400),
    ("compressed, and not said so", gzip.compress, 400),
    ("apostrophes", lambda valid: valid.replace(b'"', b"'"), 400),
    ("a form", lambda valid: b"sepal_length=5.1&sepal_width=3.5", 400),
    ("a script", lambda valid: b"<script>alert(1)</script>", 400),
    ("null", lambda valid: b"null", 422),
    ("a truth", lambda valid: b"true", 422),
    ("a number", lambda valid: b"5.1", 422),
    ("a text", lambda valid: b'"%b"' % SECRET, 422),
    ("a list", lambda valid: b"[%b]" % valid, 422),
    ("an empty list", lambda valid: b"[]", 422),
    ("an empty object", lambda valid: b"{}", 422),
    ("another object", lambda valid: b'{"%b": "%b"}' % (b"x", SECRET), 422),
    ("30,000 brackets", lambda valid: b"[" * 30_000, 400),
    ("keys twice, of which the last one counts", lambda valid: re.sub(rb'("\w+": )', rb"\1 7, \1", valid), 200),
    ("blanks around it", lambda valid: b"\r\n\t " + valid + b"\r\n\t ", 200),
]

LARGE: list[tuple[str, bytes, int]] = [
    ("100,000 brackets", b"[" * 100_000, 400),
    ("100,000 brackets that close", b"[" * 100_000 + b"]" * 100_000, 400),
    ("100,000 braces", b'{"x":' * 100_000, 400),
    ("a million digits", b"1" * 1_000_000, 400),
    ("four million letters", b'"' + b"x" * 4_000_000 + b'"', 422),
    ("a million empty lists", b"[%b[]]" % (b"[]," * 1_000_000), 422),
    ("600,000 keys", b"{%b}" % b",".join(b'"%d":1' % number for number in range(600_000)), 422),
]

BOMB = gzip.compress(b" " * 20_000_000)

TYPES = [
    *("", "text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"),
    *("application/jsonl", "application/json+x", "json", "application/octet-stream", "*/*", "text/json"),
]

LIMITS = {"/predict": 64 * 2**10, "/predict/batch": 8 * 2**20, "/v2/models/k_neighbors/infer": 8 * 2**20}

BATCH_ROWS: dict[str, Callable[[int], bytes]] = {
    "/predict/batch": lambda rows: b'{"instances": [%b]}' % b",".join([FLOWER] * rows),
    "/v2/models/k_neighbors/infer": lambda rows: (
        b'{"inputs": [{"name": "input", "shape": [%d, 4], "datatype": "FP64", "data": [%b]}]}'
        % (rows, b",".join([b"5.1, 3.5, 1.4, 0.2"] * rows))
    ),
}


def padded(body: bytes, size: int) -> bytes:
    """The same JSON in so many bytes."""
    return body[:-1] + b" " * (size - len(body)) + body[-1:]
