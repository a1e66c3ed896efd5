"""Hostile HTTP: the bytes of a request, and the statuses that nginx and the services may answer it with.

0 is a connection that is closed, or kept waiting, without an answer.
"""

from tests.hostile.bodies import FLOWER

LENGTH = len(FLOWER)
HOST = b"Host: x\r\nConnection: close\r\n"
JSON = b"Content-Type: application/json\r\n"
CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (LENGTH, FLOWER)


def post(headers: bytes, body: bytes = FLOWER, target: bytes = b"/predict", version: bytes = b"HTTP/1.1") -> bytes:
    return b"POST %b %b\r\n%b%b%b\r\n%b" % (target, version, HOST, JSON, headers, body)


def sized(size: bytes, body: bytes = FLOWER) -> bytes:
    return post(b"Content-Length: %b\r\n" % size, body)


def get(target: bytes, headers: bytes = HOST, version: bytes = b"HTTP/1.1") -> bytes:
    return b"GET %b %b\r\n%b\r\n" % (target, version, headers)


DECLARED = b"Content-Length: %d\r\n" % LENGTH
ENCODED = b"Transfer-Encoding: chunked\r\n"

# Two ways to say how long a body is, or none that can be right. None of them may reach a model.
LENGTHS: list[tuple[str, bytes, set[int]]] = [
    ("a length and chunks", post(DECLARED + ENCODED, CHUNKED), {400}),
    ("chunks and a length", post(ENCODED + DECLARED, CHUNKED), {400}),
    ("two lengths", post(DECLARED + b"Content-Length: 1\r\n"), {400}),
    ("one length twice", post(DECLARED + DECLARED), {400}),
    ("a list of lengths", sized(b"%d, %d" % (LENGTH, LENGTH)), {400}),
    ("a length with a plus", sized(b"+%d" % LENGTH), {400}),
    ("a negative length", sized(b"-1"), {400}),
    ("a length in hexadecimal", sized(b"0x52"), {400}),
    ("a length that is no number", sized(b"many"), {400}),
    ("an empty length", sized(b""), {400}),
    ("a length that leaves 64 bits", sized(b"1" * 25), {400, 413}),
    ("a length of 5,000 digits", sized(b"1" * 5_000), {400, 413}),
    ("a length that is too large", sized(b"70000"), {413}),
    ("an encoding that there is not", post(b"Transfer-Encoding: gzip\r\n", CHUNKED), {400}),
    ("chunks within another encoding", post(b"Transfer-Encoding: gzip, chunked\r\n", CHUNKED), {400}),
    ("an encoding after the chunks", post(b"Transfer-Encoding: chunked, identity\r\n", CHUNKED), {400}),
    ("a misspelled encoding", post(b"Transfer-Encoding: xchunked\r\n", CHUNKED), {400}),
    ("a vertical tab in the encoding", post(b"Transfer-Encoding: \x0bchunked\r\n", CHUNKED), {400}),
    ("chunks twice", post(ENCODED + ENCODED, CHUNKED), {400}),
    ("chunks in HTTP/1.0", post(ENCODED, CHUNKED, version=b"HTTP/1.0"), {400}),
    ("a chunk size that is none", post(ENCODED, b"zz\r\n" + FLOWER), {400}),
    ("a negative chunk size", post(ENCODED, b"-1\r\n" + FLOWER), {400}),
    ("a chunk size with 0x", post(ENCODED, b"0x52\r\n" + FLOWER), {400}),
    ("a chunk size that leaves 64 bits", post(ENCODED, b"F" * 17 + b"\r\n" + FLOWER), {400, 413}),
    ("a chunk that is longer than said", post(ENCODED, b"1\r\n" + FLOWER + b"\r\n0\r\n\r\n"), {400}),
]

# Requests that are no HTTP, or not the one spoken here. None of them may reach a model.
BROKEN: list[tuple[str, bytes, set[int]]] = [
    ("a NUL in a header", post(DECLARED + b"X: a\0b\r\n"), {400}),
    ("a NUL in a header's name", post(DECLARED + b"X\0: a\r\n"), {400}),
    ("a NUL in the path", post(DECLARED, target=b"/pre\0dict"), {400}),
    ("a NUL in the method", b"PO\0ST /predict HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("a line end in the path", post(DECLARED, target=b"/predict\n"), {400}),
    ("a blank in the path", post(DECLARED, target=b"/pre dict"), {400}),
    ("a path in Latin-1", post(DECLARED, target=b"/pr\xe9dict"), {400}),
    ("a path without its slash", post(DECLARED, target=b"predict"), {400}),
    ("an empty path", b"POST  HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("a path above the root", post(DECLARED, target=b"/../predict"), {400, 404}),
    ("a path above the root, encoded", post(DECLARED, target=b"/%2e%2e/predict"), {400, 404}),
    ("a NUL in the path, encoded", post(DECLARED, target=b"/predict%00"), {400, 404}),
    ("a broken escape in the path", post(DECLARED, target=b"/predict%zz"), {400, 404}),
    ("an unknown method", b"BREW /predict HTTP/1.1\r\n" + HOST + b"\r\n", {400, 405}),
    ("a method in small letters", b"post /predict HTTP/1.1\r\n" + HOST + DECLARED + b"\r\n" + FLOWER, {400, 405}),
    ("a tunnel", b"CONNECT x:80 HTTP/1.1\r\n" + HOST + b"\r\n", {400, 405}),
    ("a trace", b"TRACE /predict HTTP/1.1\r\n" + HOST + b"\r\n", {400, 405}),
    ("an absurd version", get(b"/predict", version=b"HTTP/9.9"), {400}),
    ("a version that is a word", get(b"/predict", version=b"HTTP/x"), {400}),
    ("another protocol", get(b"/predict", version=b"SPDY/3"), {400}),
    ("HTTP/2 from the start", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 9, {400, 405}),
    ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)), {400}),
    ("an SSH client", b"SSH-2.0-OpenSSH_9.6\r\n", {400}),
    ("bytes that are nothing", bytes(range(256)), {400}),
    ("a header that is folded", post(b"X: a\r\n b\r\n" + DECLARED), {400}),
    ("a length that is folded", post(b"Content-Length:\r\n %d\r\n" % LENGTH), {400}),
    ("a blank before the colon", post(b"Content-Length : %d\r\n" % LENGTH), {400}),
    ("a blank before a header", post(b" X: a\r\n" + DECLARED), {400}),
    ("a header without a name", post(b": x\r\n" + DECLARED), {400}),
    ("no host", get(b"/predict", b"Connection: close\r\n"), {400, 405}),
    ("two hosts", get(b"/predict", HOST + b"Host: y\r\n"), {400, 405}),
    ("a host that is none", get(b"/predict", b"Host: a b\r\nConnection: close\r\n"), {400, 405}),
    ("a header that is too long", post(DECLARED + b"X: " + b"x" * 100_000 + b"\r\n"), {400, 431}),
    ("headers that are too many", post(DECLARED + b"X: %b\r\n" % (b"x" * 500) * 200), {400, 431}),
    ("an address that is too long", get(b"/predict?models=" + b"x" * 100_000), {400, 414}),
]

# Requests that are odd, and that a server may take: what they mean is the same to all that read them.
ODD: list[tuple[str, bytes, set[int]]] = [
    ("no length", post(b""), {400, 411}),
    ("HTTP/0.9", b"GET /predict\r\n", {400, 405}),
    ("bare line feeds", post(DECLARED).replace(b"\r\n", b"\n"), {200, 400}),
    ("a header without a colon", post(b"X\r\n" + DECLARED), {200, 400}),
    ("the whole address", post(DECLARED, target=b"http://elsewhere/predict"), {200, 400}),
    ("a way up and down again", post(DECLARED, target=b"/models/../predict"), {200, 404}),
    ("two slashes", post(DECLARED, target=b"//predict"), {404}),
    ("a slash at the end", post(DECLARED, target=b"/predict/"), {404}),
    ("an encoded slash", post(DECLARED, target=b"/predict%2fbatch"), {400, 404, 422}),
    ("an encoded letter", post(DECLARED, target=b"/%70redict"), {200}),
    ("a fragment", post(DECLARED, target=b"/predict#x"), {200, 400, 404}),
    ("an answer wanted first", post(DECLARED + b"Expect: 100-continue\r\n"), {200}),
    ("something else wanted first", post(DECLARED + b"Expect: money\r\n"), {200, 417}),
    ("another protocol wanted", post(DECLARED + b"Connection: upgrade\r\nUpgrade: h2c\r\n"), {200}),
    ("a deadline that is not the client's to set", post(DECLARED + b"X-Deadline-Ms: 1\r\n"), {200}),
    ("lines before it", b"\r\n\r\n" + post(DECLARED), {200, 400}),
    ("a chunk with an extension", post(ENCODED, CHUNKED.replace(b"\r\n", b";a=b\r\n", 1)), {200}),
    ("chunks with a trailer", post(ENCODED, CHUNKED[:-2] + b"Content-Length: 1\r\n\r\n"), {200}),
    ("a body of a byte a chunk", post(ENCODED, b"".join(b"1\r\n%c\r\n" % c for c in FLOWER) + b"0\r\n\r\n"), {200}),
    ("less than a request", b"POST /predict HTTP/1.1\r\nHost", {0}),
    ("half a body", post(DECLARED, FLOWER[:40]), {0}),
    ("nothing", b"", {0}),
]

# What must not be had from outside, by whatever name it is asked for.
INSIDE = [
    *(b"/metrics", b"/metrics/", b"//metrics", b"/./metrics", b"/models/../metrics", b"/%6detrics", b"/metrics%2f"),
    *(b"/%2e/metrics", b"/x/%2e%2e/metrics", b"/metrics?x", b"/metrics#x", b"/metrics;x", b"/METRICS", b"/metrics%20"),
    *(b"/metrics%0a", b"/metrics%0a%0a", b"/v2/repository/index/%0a"),
    *(b"/%256detrics", b"http://x/metrics", b"/metrics%00", b"/metrics.", b"/v2/repository/models/x/unload"),
    *(
        b"/v2/repository/../../metrics",
        b"/v2//repository/models/x/load",
        b"/assets/../metrics",
        b"/assets/..%2fmetrics",
    ),
]
