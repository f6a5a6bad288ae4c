"""A part that is passed on to the store as it comes: what is signed for a browser holds for it, too."""

from __future__ import annotations

import asyncio
import secrets
import ssl
import threading
from collections.abc import AsyncIterator, Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from smartupload.errors import MultipartGone, StoreRefused, StoreUnavailable
from smartupload.ports import SINGLE_PUT, Taken
from tests.certificates import authority
from tests.contract.conftest import ANYWHERE
from tests.fixtures_store import MIB, noise, s3_store, sha256

BODY = noise(3 * MIB, 7)


async def in_pieces(body: bytes, breaks_at: int = -1) -> AsyncIterator[bytes]:
    for at in range(0, len(body), 64 * 1024):
        if 0 <= breaks_at <= at:
            raise EOFError
        yield body[at : at + 64 * 1024]


def passed(store: Any, key: str, multipart_id: str, pieces: AsyncIterator[bytes], body: bytes = BODY) -> Taken:
    return asyncio.run(store.relay_part(key, multipart_id, 1, len(body), sha256(body), pieces))


@pytest.fixture
def key() -> str:
    return f"uploads/{secrets.token_hex(8)}/1"


@ANYWHERE
def test_it_is_there_as_it_came(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    assert passed(store, key, multipart_id, in_pieces(BODY)).etag
    (part,) = store.list_parts(key, multipart_id)
    assert (part.number, part.size) == (1, len(BODY))
    store.abort_multipart(key, multipart_id)


@ANYWHERE
def test_a_file_of_one_part_is_the_object(store: Any, key: str) -> None:
    passed(store, key, SINGLE_PUT, in_pieces(BODY))
    assert b"".join(store.read(key)) == BODY


def test_other_bytes_are_refused_and_half_of_them_are_nothing(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    with pytest.raises(StoreRefused):
        passed(store, key, multipart_id, in_pieces(noise(len(BODY), 8)))
    with pytest.raises(EOFError):
        passed(store, key, multipart_id, in_pieces(BODY, len(BODY) // 2))
    assert store.list_parts(key, multipart_id) == []
    store.abort_multipart(key, multipart_id)
    with pytest.raises(MultipartGone):
        passed(store, key, multipart_id, in_pieces(BODY))


def test_a_store_that_does_not_answer() -> None:
    with pytest.raises(StoreUnavailable):
        passed(s3_store("http://127.0.0.1:9"), "uploads/a/1", SINGLE_PUT, in_pieces(BODY))


class Taking(BaseHTTPRequestHandler):
    """Takes whatever comes, and remembers where it was to go."""

    protocol_version = "HTTP/1.1"
    asked: list[str]

    def do_PUT(self) -> None:
        self.asked.append(self.path)
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("etag", '"e"')
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def taking() -> Generator[ThreadingHTTPServer]:
    """A store, or a proxy: `RequestHandlerClass.asked` is what came."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OneTaking", (Taking,), {"asked": []}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def no_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing is said of proxies and certificates yet."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def sent(url: str, **more: Any) -> str:
    store = s3_store(url, **more)
    try:
        return passed(store, "k", SINGLE_PUT, in_pieces(BODY)).etag
    finally:
        store.close()


def test_a_store_by_an_authority_of_ones_own(
    taking: ThreadingHTTPServer, tmp_path: Path, no_environment: pytest.MonkeyPatch
) -> None:
    ca, certificate = authority(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    taking.socket = tls.wrap_socket(taking.socket, server_side=True)
    url = f"https://localhost:{taking.server_port}"
    assert sent(url, ca_file=str(ca)) == '"e"'
    with pytest.raises(StoreUnavailable):
        sent(url)
    no_environment.setenv("AWS_CA_BUNDLE", str(ca))
    with pytest.raises(StoreUnavailable):
        sent(url)  # with keys of our own nothing that AWS's tools read is meant
    no_environment.setenv("REQUESTS_CA_BUNDLE", str(ca))
    assert sent(url) == '"e"', "as boto3 does"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_called_past_every_proxy(
    taking: ThreadingHTTPServer, host: str, no_environment: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        no_environment.setenv(name, "http://127.0.0.1:9")
    assert sent(f"http://{host}:{taking.server_port}") == '"e"'


@pytest.mark.parametrize("scheme", ["http://", ""])
def test_others_are_called_through_it(
    taking: ThreadingHTTPServer, scheme: str, no_environment: pytest.MonkeyPatch
) -> None:
    no_environment.setenv("http_proxy", f"{scheme}127.0.0.1:{taking.server_port}")
    assert sent("http://store.invalid") == '"e"'
    handler: Any = taking.RequestHandlerClass
    assert [one.partition("?")[0] for one in handler.asked] == ["http://store.invalid/smartupload/k"]
    no_environment.setenv("no_proxy", "store.invalid")
    with pytest.raises(StoreUnavailable):
        sent("http://store.invalid")
