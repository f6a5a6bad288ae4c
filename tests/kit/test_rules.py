"""A line with rules does to the requests that they are about what they say, and to no other; as a command it says how often."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from smartupload_testing.line.__main__ import main
from smartupload_testing.line.forward import ForwardLine
from smartupload_testing.line.reverse import ReverseLine
from smartupload_testing.line.rules import WrongRule, parse

PART = "/bucket/u1/film.bin?partNumber=%d&uploadId=m1&X-Amz-Signature=abc"


class Store(BaseHTTPRequestHandler):
    """Takes what comes."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("ETag", '"e"')
        self.send_header("Access-Control-Expose-Headers", "ETag")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_GET = do_PUT

    def log_message(self, format: str, *args: object) -> None:
        del format, args


class Quiet(ThreadingHTTPServer):
    """Some connections are reset on purpose."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        del request, client_address


@pytest.fixture(scope="module")
def store() -> Iterator[int]:
    served = Quiet(("127.0.0.1", 0), Store)
    Thread(target=served.serve_forever, daemon=True).start()
    yield served.server_address[1]
    served.shutdown()


@pytest.fixture(scope="module")
def one(store: int) -> Iterator[ReverseLine]:
    made = ReverseLine(lambda: ("127.0.0.1", store))
    yield made
    made.close()


@pytest.fixture
def line(one: ReverseLine) -> ReverseLine:
    one.reset()
    return one


def ask(
    line: ReverseLine, part: int = 1, size: int = 10, method: str = "PUT", timeout: float = 5
) -> tuple[int, str, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", line.port, timeout=timeout)) as connection:
        connection.request(method, PART % part, b"x" * size)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), str(answer.getheader("Access-Control-Expose-Headers"))


def test_a_part_is_answered_by_somebody_else(line: ReverseLine) -> None:
    line.rule("PUT part=3 answer=413 no-cors")
    assert ask(line, 2)[:2] == (200, "ok")
    status, page, cors = ask(line, 3, 100_000)
    assert (status, page[:15], cors) == (413, "<!doctype html>", "None")
    assert [(put.part, put.received, put.status) for put in line.puts] == [(2, 10, 200), (3, 100_000, None)]
    assert line.rules.hits == {"PUT part=3 answer=413 no-cors": 1}


def test_as_often_as_it_says(line: ReverseLine) -> None:
    line.rule("PUT times=1 answer=502 early", "GET answer=403")
    assert [ask(line)[0], ask(line)[0], ask(line, method="GET")[0]] == [502, 200, 403]


def test_a_header_is_taken_away(line: ReverseLine) -> None:
    line.rule("PUT strip=Access-Control-Expose-Headers")
    assert ask(line) == (200, "ok", "None")


@pytest.mark.parametrize("rule", ["PUT above=1MB cut=1MB", "PUT above=1MB block", "PUT above=1MB cut=0.05s hold"])
def test_what_is_larger_is_cut(line: ReverseLine, rule: str) -> None:
    line.rule(rule)
    assert ask(line, size=1_000_000)[0] == 200
    with pytest.raises(ConnectionError):
        ask(line, size=3_000_000)
    assert line.received < 3_000_000 or "cut=0.05s" in rule


def test_an_answer_that_never_comes(line: ReverseLine) -> None:
    line.rule("hold")
    with pytest.raises(TimeoutError):
        ask(line, timeout=0.2)
    assert [put.status for put in line.puts] == [200], "the other side has answered"


def test_a_websocket_in_a_tunnel(store: int) -> None:
    line = ForwardLine()
    with closing(socket.create_connection(("127.0.0.1", line.port), 5)) as tunnel:
        line.rule("websocket block")
        tunnel.sendall(b"CONNECT 127.0.0.1:%d HTTP/1.1\r\n\r\n" % store)
        assert tunnel.recv(100).startswith(b"HTTP/1.1 200")
        tunnel.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        with suppress(ConnectionError):  # which is the same
            assert tunnel.recv(100) == b""
    line.close()


def test_a_websocket_is_passed_on(store: int) -> None:
    """What comes after its head is no request to the line."""
    line = ReverseLine(lambda: ("127.0.0.1", store))
    with closing(socket.create_connection(("127.0.0.1", line.port), 5)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n")
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        heard = b""
        with suppress(ConnectionError):
            while data := connection.recv(1000):
                heard += data
        assert heard.count(b"HTTP/1.1 200") == 2
    assert line.requests == {"GET": 1}
    line.close()


@pytest.mark.parametrize("text", ["PUT", "PUT answer=x", "above=1QB block", "put block", "part=3 path= block"])
def test_what_nobody_understands(text: str) -> None:
    with pytest.raises(WrongRule):
        parse(text)


def test_the_command(store: int, capsys: pytest.CaptureFixture[str]) -> None:
    def until() -> None:
        port = int(capsys.readouterr().out.rpartition(":")[2])
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("PUT", PART % 1, b"x" * 10)
            assert connection.getresponse().status == 407

    assert main([f"127.0.0.1:{store}", "--rule", "PUT answer=407"], until) == 0
    assert capsys.readouterr().out == "1 parts, 10 bytes of them; rules applied: 1 × PUT answer=407\n"


def test_sigterm_ends_the_command_also_where_a_script_has_begun_it() -> None:
    """Shells have what they begin with `&` hear no SIGINT."""
    started = subprocess.Popen(
        [sys.executable, "-m", "smartupload_testing.line"],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert started.stdout
    try:
        assert started.stdout.readline().startswith("listening on http://127.0.0.1:")
        started.send_signal(signal.SIGTERM)
        said, _ = started.communicate(timeout=30)
    finally:
        started.kill()
    assert (started.returncode, said) == (0, "0 parts, 0 bytes of them; rules applied: none\n")


def test_the_command_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["127.0.0.1:1", "--rule", "PUT anser=407"])
    assert ended.value.code == 2
    assert "'anser=407'" in capsys.readouterr().err


def test_nor_does_it_start_where_something_else_listens(store: int, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--port", str(store)])
    assert ended.value.code == 2
    assert f"nothing can listen on port {store}" in capsys.readouterr().err
