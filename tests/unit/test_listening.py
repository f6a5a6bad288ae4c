"""Connections that say nothing, little by little, or too many, over real sockets: they are closed, and what is under way is not."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Callable, Generator
from typing import Any

import pytest
import uvicorn
from smartupload_testing.wait import wait_for

from smartupload import listening
from smartupload.listening import limited

SECONDS = 0.4
"""For a header."""
LONG = 15.0
MOST = 5


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers slowly at `/slow`, longer than a header may take."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await receive()
        return
    if scope["path"] == "/slow":
        await asyncio.sleep(3 * SECONDS)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(scope="module")
def start() -> Generator[Callable[..., int]]:
    """Servers with such a protocol; the port of one."""
    started: list[tuple[uvicorn.Server, threading.Thread]] = []

    def one(seconds: float = SECONDS, most: int = MOST, trusted: tuple[Any, ...] = ()) -> int:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app, http=limited(seconds, most, trusted), lifespan="off", log_config=None, timeout_keep_alive=60
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        started.append((server, thread))
        wait_for(lambda: server.started, LONG, "the server")
        return listener.getsockname()[1]

    yield one
    for server, thread in started:
        server.should_exit = True
        thread.join(LONG)


@pytest.fixture(scope="module")
def port(start: Callable[..., int]) -> int:
    return start()


def opened(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=LONG)


def is_closed(line: socket.socket) -> bool:
    """Waits for the other end to close it."""
    try:
        return line.recv(1) == b""
    except ConnectionError:
        return True


def trickles(line: socket.socket, text: bytes, pause: float = SECONDS / 8) -> int:
    """Sent byte by byte until the other end has had enough; how many bytes that were."""
    line.settimeout(pause)
    for count in range(len(text)):
        try:
            line.sendall(text[count : count + 1])
            if line.recv(1) == b"":
                return count
        except TimeoutError:
            continue
        except ConnectionError:
            return count
    return len(text)


def posts(line: socket.socket, length: int) -> None:
    """The header of a request; it is answered before its body has come."""
    line.sendall(f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n".encode())
    assert b"200 OK" in line.recv(1000)


def asks(line: socket.socket, path: str = "/") -> bytes:
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    answer = b""
    while not answer.endswith(b"ok"):
        piece = line.recv(1000)
        assert piece, answer
        answer += piece
    return answer


def test_a_connection_that_says_nothing_is_closed(port: int) -> None:
    with opened(port) as line:
        assert is_closed(line)


def test_a_header_byte_by_byte_is_not_waited_for(port: int) -> None:
    header = b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 2000
    with opened(port) as line:
        assert trickles(line, header) < len(header)


def test_nor_that_of_a_second_request(port: int) -> None:
    header = b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 2000
    with opened(port) as line:
        assert b"200 OK" in asks(line)
        assert trickles(line, header) < len(header)


def test_nor_the_rest_of_a_body_that_nobody_reads(port: int) -> None:
    with opened(port) as line:
        posts(line, 100000)
        assert trickles(line, b"x" * 2000) < 2000


def test_which_is_cut_soon_however_long_a_header_may_take(
    start: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "LINGER", SECONDS)
    with opened(start(seconds=LONG)) as line:
        posts(line, 100000)
        assert trickles(line, b"x" * 150) < 150, "half of what comes until a header is late"


def test_one_that_comes_to_its_end_in_time_cuts_nothing(
    start: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "LINGER", SECONDS)
    with opened(start(seconds=LONG)) as line:
        posts(line, 10)
        line.sendall(b"x" * 10)
        line.settimeout(2 * SECONDS)
        with pytest.raises(TimeoutError):
            line.recv(1)
        line.settimeout(LONG)
        assert b"200 OK" in asks(line)


def test_an_answer_may_take_longer_and_the_next_request_comes_on_the_same_line(port: int) -> None:
    with opened(port) as line:
        assert b"200 OK" in asks(line, "/slow")
        assert b"200 OK" in asks(line)


def test_a_websocket_stays_open_and_counts_no_more(start: Callable[..., int]) -> None:
    port = start(most=1)
    upgrade = (
        b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    with opened(port) as line:
        line.sendall(upgrade)
        assert b"101" in line.recv(1000)
        with opened(port) as other:
            assert b"200 OK" in asks(other, "/slow")
        line.settimeout(SECONDS / 4)
        with pytest.raises(TimeoutError):
            line.recv(1)


def test_more_than_one_address_may_hold_are_closed_and_make_room_when_they_go(start: Callable[..., int]) -> None:
    port = start(seconds=LONG)
    lines = [opened(port) for _ in range(MOST)]
    assert [asks(line)[:15] for line in lines] == [b"HTTP/1.1 200 OK"] * MOST
    with opened(port) as one_more:
        assert is_closed(one_more)
    for line in lines:
        line.close()

    def comes_in() -> bool:
        with opened(port) as line:
            try:
                return b"200 OK" in asks(line)
            except (AssertionError, ConnectionError):
                return False

    wait_for(comes_in, LONG, "room for another one")


def test_those_of_a_trusted_proxy_are_not_counted(start: Callable[..., int]) -> None:
    port = start(seconds=LONG, most=1, trusted=(ipaddress.ip_network("127.0.0.0/8"),))
    lines = [opened(port) for _ in range(3)]
    assert all(b"200 OK" in asks(line) for line in lines)
    for line in lines:
        line.close()
