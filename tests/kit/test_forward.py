"""The forward proxy: what goes by HTTP arrives as if nobody stood between and is counted by part, what goes by TLS by its bytes; a cut is a cut for both."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from smartupload_testing.line.forward import ForwardLine, address_of
from smartupload_testing.wait import wait_for

from tests.certificates import certificate_for

MIB = 1024 * 1024
PART = "/bucket/u1/film.bin?partNumber=3&uploadId=m1&X-Amz-Signature=abc"


class Site(BaseHTTPRequestHandler):
    """Says what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        proxied = [name for name in self.headers if name.lower().startswith("proxy-")]
        said = f"{self.command} {self.path} {self.headers['Host']} {len(body)} {proxied}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_PUT = do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        del format, args


def served(certificate: Path | None = None) -> ThreadingHTTPServer:
    one = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        one.socket = context.wrap_socket(one.socket, server_side=True)
    Thread(target=one.serve_forever, daemon=True).start()
    return one


@pytest.fixture
def line() -> Iterator[ForwardLine]:
    one = ForwardLine()
    yield one
    one.close()


@pytest.fixture
def site() -> Iterator[str]:
    one = served()
    yield f"127.0.0.1:{one.server_port}"
    one.shutdown()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return certificate_for("127.0.0.1", tmp_path)


@pytest.fixture
def secure(certificate: Path) -> Iterator[str]:
    one = served(certificate)
    yield f"127.0.0.1:{one.server_port}"
    one.shutdown()


def through(line: ForwardLine, certificate: Path | None = None) -> httpx.Client:
    context = ssl.create_default_context(cafile=certificate) if certificate else True
    return httpx.Client(proxy=f"http://127.0.0.1:{line.port}", verify=context, trust_env=False, timeout=20)


def test_a_server_is_asked_as_if_nobody_stood_between(line: ForwardLine, site: str) -> None:
    with through(line) as client:
        said = client.get(f"http://{site}/a/b?c=d", headers={"Proxy-Connection": "keep-alive"}).text
        assert said == f"GET /a/b?c=d {site} 0 []"
        assert client.get(f"http://{site}").text == f"GET / {site} 0 []"


def test_parts_are_counted_and_those_that_go_twice(line: ForwardLine, site: str) -> None:
    with through(line) as client:
        for number in (1, 2, 2):
            client.put(f"http://{site}{PART}".replace("=3", f"={number}"), content=b"x" * 1000)
        client.post(f"http://{site}/api/uploads", content=b"x" * 1000)
    assert [(put.part, put.received, put.status) for put in line.puts] == [(n, 1000, 200) for n in (1, 2, 2)]
    assert (line.sent, line.parts_twice, line.is_exact) == (3000, 1, True)
    line.reset()
    assert (line.sent, line.parts_twice) == (0, 0)


def test_two_sites_at_once(line: ForwardLine, site: str) -> None:
    other = served()
    with through(line) as client:
        for host in (site, f"127.0.0.1:{other.server_port}", site):
            assert client.get(f"http://{host}/").text == f"GET / {host} 0 []"
    other.shutdown()


def test_tls_goes_through_a_tunnel_of_which_the_bytes_are_counted(
    line: ForwardLine, secure: str, certificate: Path
) -> None:
    with through(line, certificate) as client:
        assert client.put(f"https://{secure}{PART}", content=b"x" * MIB).text == f"PUT {PART} {secure} {MIB} []"
    (tunnel,) = line.tunnels
    assert (tunnel.host, tunnel.port) == address_of(f"//{secure}", 443)
    assert MIB < tunnel.up < 1.02 * MIB
    assert tunnel.down > 0
    assert (line.sent, line.is_exact, line.puts) == (tunnel.up, False, [])


def test_a_tunnel_without_tls_is_a_websocket_and_brings_no_parts(line: ForwardLine, site: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=10)
    connection.set_tunnel(*address_of(f"//{site}", 80))
    connection.request("GET", "/socket")
    assert connection.getresponse().read() == f"GET /socket {site} 0 []".encode()
    connection.close()
    (tunnel,) = line.tunnels
    assert tunnel.up > 0
    assert (line.sent, line.is_exact) == (0, True)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_cut_and_restored(line: ForwardLine, site: str, secure: str, certificate: Path, scheme: str) -> None:
    address = f"{scheme}://{site if scheme == 'http' else secure}/"
    with through(line, certificate) as client:
        assert client.get(address).status_code == 200
        line.cut()
        with pytest.raises(httpx.TransportError):
            client.get(address)
        assert line.connections == 0
        line.restore()
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_as_slow_as_it_was_made_but_not_for_a_small_call(
    line: ForwardLine, site: str, secure: str, certificate: Path, scheme: str
) -> None:
    address = f"{scheme}://{site if scheme == 'http' else secure}"
    with through(line, certificate) as client:
        client.get(address)
        line.shape(MIB)
        began = time.monotonic()
        client.put(address + PART, content=b"x" * (MIB // 2))
        assert time.monotonic() - began > 0.3
        line.shape(1)
        assert client.post(address + "/api/uploads", content=b"x" * 1000, timeout=10).status_code == 200


def test_where_nobody_is_the_connection_ends_and_others_go_on(line: ForwardLine, site: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = unused.getsockname()[1]
        with through(line) as client:
            for scheme in ("http", "https"):
                with pytest.raises(httpx.TransportError):
                    client.get(f"{scheme}://127.0.0.1:{nobody}/")
            assert client.get(f"http://{site}/").status_code == 200
    wait_for(lambda: line.connections == 0, 10, "the line to be quiet")


def test_a_connection_that_turns_to_another_site_is_ended(line: ForwardLine, site: str) -> None:
    """What is on it would reach the wrong one."""
    other = served()
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=10)
    ask = partial(connection.request, "GET")
    ask(f"http://{site}/")
    assert connection.getresponse().read()
    ask(f"http://127.0.0.1:{other.server_port}/")
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()
    other.shutdown()


def test_addresses() -> None:
    assert address_of("http://a.example/x", 80) == ("a.example", 80)
    assert address_of("//[::1]:8443", 443) == ("::1", 8443)
    with pytest.raises(ConnectionError, match="names no host"):
        address_of("/only/a/path", 80)
