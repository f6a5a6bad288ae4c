"""The block for nginx in docs/operating.md, as it stands there: what comes through it, what does not, and whose word the app hears."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from smartupload_testing.wait import wait_for

from scripts import nginx
from tests.browser.server import free_port
from tests.certificates import certificate_for

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
AROUND = """
{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {block}
}}
"""


class App(BaseHTTPRequestHandler):
    """Stands where the app stands: says what it hears, streams, and speaks after an upgrade."""

    protocol_version = "HTTP/1.1"
    heard: dict[str, str] = {}  # noqa: RUF012 - the last request's
    goes_on = threading.Event()

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        App.heard = {name.lower(): value for name, value in self.headers.items()}
        if "upgrade" in App.heard:
            self.send_response(101)
            self.send_header("Connection", "upgrade")
            self.send_header("Upgrade", "websocket")
            self.end_headers()
            self.wfile.write(self.rfile.read(4).upper())
            self.close_connection = True
        elif self.path == "/api/events":
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"6\r\nfirst\n\r\n")
            self.goes_on.wait(20)
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.send_response(200)
            self.send_header("Content-Length", str(len(text := str(len(body)).encode())))
            self.end_headers()
            self.wfile.write(text)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def app() -> Generator[int]:
    with ThreadingHTTPServer((HOST, 0), App) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server.server_port
        App.goes_on.set()
        server.shutdown()


def blocks() -> tuple[str, str]:
    """The server, and what is added to it for the relay."""
    server, relay = re.findall(
        r"^```nginx\n(.*?)^```", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE | re.DOTALL
    )
    return server, relay


@pytest.fixture(scope="module")
def serve(app: int, tmp_path_factory: pytest.TempPathFactory) -> Generator[Callable[..., int]]:
    """The port of an nginx with the block, in which these texts are others."""
    running: list[subprocess.Popen[bytes]] = []

    def started(**changes: str) -> int:
        folder, port = tmp_path_factory.mktemp("nginx"), free_port()
        server, relay = blocks()
        block = server.replace("  location / {", f"{relay}\n  location / {{")
        certificate = certificate_for(HOST, folder)
        own = {
            "listen 443": f"listen {HOST}:{port}",
            "/etc/ssl/uploads.pem": str(certificate),
            "/etc/ssl/uploads.key": str(certificate),
            "127.0.0.1:3000": f"{HOST}:{app}",
        }
        for before, after in (own | changes).items():
            assert before in block, before
            block = block.replace(before, after)
        # Else those who serve would be nobody, who may not read what is in the folder.
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, block=block, user=user))
        running.append(
            subprocess.Popen([nginx.get(), "-p", folder, "-c", folder / "nginx.conf"], stdin=subprocess.DEVNULL)
        )

        def answers() -> bool:
            assert running[-1].poll() is None, (folder / "error.log").read_text()
            with socket.socket() as line:
                return line.connect_ex((HOST, port)) == 0

        wait_for(answers, 20, "nginx to answer")
        return port

    yield started
    for one in running:
        one.terminate()
        one.wait(20)


@pytest.fixture(scope="module")
def site(serve: Callable[..., int]) -> Generator[httpx.Client]:
    """As it stands there."""
    address = f"https://{HOST}:{serve()}"
    with httpx.Client(base_url=address, verify=False, trust_env=False, timeout=10) as client:
        yield client


def secured(port: int) -> ssl.SSLSocket:
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    return trusting.wrap_socket(socket.create_connection((HOST, port), 10))


def test_no_word_of_a_client_about_itself_comes_through(site: httpx.Client) -> None:
    said = dict.fromkeys(("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Real-IP", "Proxy"), "forged.example")  # fmt: skip
    for path in ("/", "/api/uploads/u/parts/1/relay"):
        assert site.get(path, headers={**said, "Host": "uploads.example.org"}).status_code == 200
        assert "forged.example" not in str(App.heard)
        assert App.heard["host"] == "uploads.example.org"
        assert (App.heard["x-forwarded-for"], App.heard["x-forwarded-proto"]) == (HOST, "https")
    assert "nginx/" not in site.get("/").headers["server"]


def test_large_bodies_go_where_they_belong_and_nowhere_else(site: httpx.Client) -> None:
    assert site.post("/api/batch/create", content=bytes(1_900_000)).text == "1900000"
    assert site.post("/api/batch/create", content=bytes(2_200_000)).status_code == 413
    assert site.put("/api/uploads/u/parts/1/relay", content=bytes(9_000_000)).text == "9000000"
    assert site.post("/share-target", content=bytes(9_000_000)).text == "9000000"


def test_a_stream_and_a_websocket_come_through_at_once(site: httpx.Client) -> None:
    App.goes_on.clear()
    with site.stream("GET", "/api/events") as stream:
        assert next(stream.iter_raw()) == b"first\n"
        App.goes_on.set()
    with secured(site.base_url.port or 0) as line:
        line.sendall(b"GET /_event/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 101")
        line.sendall(b"ping")
        assert line.recv(1000) == b"PING"


def test_who_asks_too_much_or_says_nothing_is_cut_off(serve: Callable[..., int]) -> None:
    """The same block with figures that can be met in a moment."""
    port = serve(**{
        "rate=300r/s": "rate=1r/s", "burst=3000": "burst=5",
        "addresses 1000": "addresses 3", "client_header_timeout 20s": "client_header_timeout 1s",
    })  # fmt: skip
    with httpx.Client(base_url=f"https://{HOST}:{port}", verify=False, trust_env=False, timeout=10) as client:
        answers = [client.get("/").status_code for _ in range(12)]
    assert answers[:6] == [200] * 6
    assert answers[-1] == 429
    with secured(port) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        assert line.recv(1000) == b"", "the header did not come to its end"


def test_connections_of_one_address_are_counted(serve: Callable[..., int]) -> None:
    port = serve(**{"addresses 1000": "addresses 2"})
    App.goes_on.clear()
    with (
        httpx.Client(base_url=f"https://{HOST}:{port}", verify=False, trust_env=False, timeout=10) as client,
        client.stream("GET", "/api/events") as one,
        client.stream("GET", "/api/events") as two,
    ):
        assert {one.status_code, two.status_code} == {200}
        assert client.get("/").status_code == 429
        App.goes_on.set()
