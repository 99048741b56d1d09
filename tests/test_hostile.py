"""Attacks: whatever is sent, nothing breaks and nothing comes back unescaped."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import example, given, settings

from .support import hostile
from .support.hostile import MARK
from .support.servers import Server, serve

RIGHT = {200, 206, 301, 302, 303, 304, 308, 400, 403, 404, 405, 413, 415, 416, 422}
# What the server itself refuses.
RIGHT |= {411, 414, 417, 431}

settings.register_profile("same-each-time", derandomize=True, database=None, deadline=None)
settings.load_profile("same-each-time")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve('app:create_app({"ARCHIVE_IN_BACKGROUND": False})') as server:
        yield server


@settings(max_examples=500)
@example(b"GET", b"/", b"", {"Host": b"a" * 64}, b"", b"")
@example(b"GET", b"//evil.example/static//style.css", b"", {}, b"", b"")
@given(
    hostile.method.map(str.encode) | hostile.method.map(str.encode) | hostile.value,
    hostile.path.map(lambda raw: quote_from_bytes(raw).encode()) | hostile.path,
    hostile.arriving_query | hostile.query,
    hostile.headers,
    hostile.content_type.map(str.encode),
    hostile.body,
)
def test_no_bytes_on_the_wire_break_the_server(
    server: Server, method: bytes, path: bytes, query: bytes, headers: dict[str, bytes], kind: bytes, body: bytes
) -> None:
    sent = {"Host": b"localhost", "Content-Type": kind} | headers
    sent |= {"Content-Length": str(len(body)).encode(), "Connection": b"close"}
    lines = b"".join(name.encode() + b": " + raw + b"\r\n" for name, raw in sent.items())
    answer = exchange(server, method + b" " + path + b"?" + query + b" HTTP/1.1\r\n" + lines + b"\r\n" + body)
    head, _, content = answer.partition(b"\r\n\r\n")
    started = re.match(rb"HTTP/1\.[01] (\d{3}) ", head)
    assert started or not answer
    if started:
        assert int(started[1]) in RIGHT
        assert MARK not in head
        assert b"evil.example\r\n" not in head
        assert not re.search(rb"^set-cookie", head, re.I | re.M)
        assert MARK not in content or not re.search(rb"^content-type: text/html", head, re.I | re.M)


# Bodies in chunks, most of them not what they say.
CHUNKS = [
    b"zz\r\nsize=\r\n0\r\n\r\n",
    b"5\r\nsize=\r\n0\r\nX: \x00\r\n\r\n",
    b"6000\r\n" + b"a" * 0x6000,
]


@pytest.mark.parametrize("body", CHUNKS, ids=lambda body: repr(body[:20]))
def test_a_body_in_chunks_is_refused_with_a_page_however_malformed(server: Server, body: bytes) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    answer = exchange(server, head + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + body)
    assert answer.split()[1] == b"411"
    assert b"This form was sent without its length" in answer


def exchange(server: Server, request: bytes) -> bytes:
    """Send bytes and return all that comes back; a server may also close at once on what is no request."""
    answer, connection = b"", socket.create_connection(("127.0.0.1", server.port), timeout=10)
    with connection, suppress(ConnectionResetError, BrokenPipeError):
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        while received := connection.recv(65536):
            answer += received
    return answer
