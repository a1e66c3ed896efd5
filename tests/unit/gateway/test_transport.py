import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx2
import pytest
from gateway.transport import IDLE_S, LIMIT, PooledTransport

pytestmark = pytest.mark.anyio
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """A server that says what it is told to, to each request on each connection; `heard` has the requests."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.connections = 0
        self.heard: list[bytes] = []
        self.closed = asyncio.Event()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                self.heard.append(request)
                answer = self.answers.pop(0)
                writer.write(answer)
                if not answer or b"close" in answer:
                    break
        except (asyncio.IncompleteReadError, ConnectionResetError):
            pass
        finally:
            self.closed.set()
            writer.close()


@asynccontextmanager
async def asked(server: Handler, idle_s: float = IDLE_S) -> AsyncIterator[Callable[..., Awaitable[httpx2.Response]]]:
    listener = await asyncio.start_server(server, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with listener, PooledTransport(idle_s) as transport:

        async def ask(method: str = "GET", **more: object) -> httpx2.Response:
            url = f"http://127.0.0.1:{port}/path?query=1"
            request = httpx2.Request(method, url, **more)  # type: ignore[arg-type]
            response = await transport.handle_async_request(request)
            await response.aread()
            return response

        yield ask


async def test_a_request_is_said_as_httpx2_has_it_and_its_answer_read() -> None:
    server = Server(b"HTTP/1.1 201 Created\r\nX-Name: value\r\nContent-Length: 2\r\n\r\nhi")
    async with asked(server) as ask:
        response = await ask("POST", content=b"", headers={"X-Own": "1"})
    assert (response.status_code, response.headers["x-name"], response.content) == (201, "value", b"hi")
    assert server.heard[0].startswith(b"POST /path?query=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"\r\nX-Own: 1\r\n" in server.heard[0]


async def test_a_connection_is_used_again_for_the_next_request() -> None:
    server = Server(OK, OK)
    async with asked(server) as ask:
        await ask()
        await ask()
    assert server.connections == 1


@pytest.mark.parametrize("answer", [OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), OK + b"more"])
async def test_a_connection_that_the_server_closes_or_talks_out_of_turn_on_is_not_used_again(answer: bytes) -> None:
    server = Server(answer, OK)
    async with asked(server) as ask:
        assert (await ask()).content == b"hi"
        await asyncio.sleep(0.01)
        assert (await ask()).content == b"hi"
    assert server.connections == 2


async def test_two_requests_at_once_have_a_connection_each() -> None:
    server = Server(OK, OK)
    async with asked(server) as ask:
        await asyncio.gather(ask(), ask())
    assert server.connections == 2


async def test_an_answer_in_chunks_after_an_interim_one_is_put_together() -> None:
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n3\r\n you\r\n".replace(b" you", b"you")
    async with asked(Server(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + chunks + b"0\r\n\r\n")) as ask:
        response = await ask()
    assert response.content == b"hiyou"
    assert "link" not in response.headers


@pytest.mark.parametrize("answer", [b"SSH-2.0-x\r\nclose", OK.replace(b"2\r\n\r\nhi", b"9\r\n\r\nclose")])
async def test_what_is_no_answer_or_half_of_one_is_told_as_such(answer: bytes) -> None:
    async with asked(Server(answer)) as ask:
        with pytest.raises(httpx2.RemoteProtocolError):
            await ask()


async def test_a_connection_closed_without_a_word_is_told_apart_since_it_may_be_tried_again() -> None:
    async with asked(Server(b"")) as ask:
        with pytest.raises(httpx2.ReadError):
            await ask()


async def test_an_answer_longer_than_its_limit_is_given_up() -> None:
    server = Server(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"5\r\nhello\r\n" * 100)
    async with asked(server) as ask:
        with pytest.raises(httpx2.RemoteProtocolError, match="longer than 8 bytes"):
            await ask(extensions={LIMIT: 8})
        async with asyncio.timeout(5):
            await server.closed.wait()


async def test_a_request_that_is_cancelled_closes_its_connection() -> None:
    silent = Server(b" ")
    async with asked(silent) as ask:
        asking = asyncio.ensure_future(ask())
        async with asyncio.timeout(5):
            while not silent.heard:
                await asyncio.sleep(0.001)
            asking.cancel()
            await silent.closed.wait()


async def test_an_idle_connection_is_not_used_when_it_is_old() -> None:
    server = Server(OK, OK)
    async with asked(server, idle_s=0.0) as ask:
        await ask()
        await ask()
    assert server.connections == 2


async def test_a_refused_connection_keeps_its_cause() -> None:
    listener = await asyncio.start_server(Server(), "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    listener.close()
    with pytest.raises(httpx2.ConnectError) as caught:
        await PooledTransport().handle_async_request(httpx2.Request("GET", f"http://127.0.0.1:{port}/"))
    assert isinstance(caught.value.__cause__, ConnectionRefusedError)


async def test_an_answer_whose_headers_never_end_breaks_the_connection() -> None:
    said = 0

    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal said
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n")
        line = b"X-Name: " + b"a" * 8000 + b"\r\n"
        try:
            while said < 100_000_000:
                writer.write(line)
                said += len(line)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    async with asked(flood) as ask:
        with pytest.raises(httpx2.RemoteProtocolError):
            await ask(extensions={LIMIT: 1000})
    assert said < 100_000_000
