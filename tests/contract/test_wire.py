"""What is asked for every file, over a store that fails in each way: what becomes of it, how often it is asked, and what is logged."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from smartupload.adapters.s3.store import S3Store
from smartupload.errors import StoreRefused, StoreUnavailable
from smartupload.ports import SINGLE_PUT, StoredObject, StoredPart
from tests.certificates import certificate_for
from tests.fixtures_store import s3_store, sha256

RESET, HANG, SILENT = "reset", "hang", "silent"


class Faulty:
    """A store that answers one request after the other as it is told, the last answer for ever. It closes after each and says so, unless it is to stay or to close unsaid."""

    def __init__(
        self, *answers: bytes | str, stays: bool = False, unsaid: bool = False, tls: ssl.SSLContext | None = None
    ) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.lines = 0
        self.closed = threading.Semaphore(0)
        self._stays = stays
        self._says = not (stays or unsaid)
        self._tls = tls
        self._ended = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._ended.set()
        self._server.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._server.accept()
                self.lines += 1
                threading.Thread(target=self._speak, args=(line,), daemon=True).start()

    def _speak(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line:
            spoken = self._tls.wrap_socket(line, server_side=True) if self._tls else line
            with spoken:
                while self._answer(spoken) and self._stays:
                    pass
        self.closed.release()

    def _answer(self, line: socket.socket) -> bool:
        request = b""
        while b"\r\n\r\n" not in request:
            got = line.recv(65536)
            if not got:
                return False
            request += got
        self.asked.append(request.decode())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer == HANG:
            self._ended.wait(10)
        elif answer == RESET:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif isinstance(answer, bytes):
            # Unsaid, whoever asks again at once may still find the connection open, and ask nobody.
            line.sendall(answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1) if self._says else answer)
        return True


def answer(status: int, body: bytes = b"", *headers: str, length: int | None = None, kind: str = "text/xml") -> bytes:
    told = [f"HTTP/1.1 {status} Text", f"Content-Type: {kind}"]
    told += [f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*told, "", ""]).encode() + body


def error(status: int, code: str) -> bytes:
    return answer(status, f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>sorry</Message></Error>".encode())


HTML = answer(502, b"<html>bad gateway</html>", kind="text/html")
HEAD = answer(200, b"", 'ETag: "e"', f"x-amz-checksum-sha256: {sha256(b'abc')}", length=3)
BYTES = answer(206, b"abc")
GONE = b"HTTP/1.1 204 No Content\r\n\r\n"

CALLS: dict[str, tuple[Callable[[S3Store], Any], bytes, Any]] = {
    "head": (lambda store: store.head("k"), HEAD, StoredObject(3, sha256(b"abc"))),
    "list_parts": (
        lambda store: store.list_parts("k", SINGLE_PUT),
        HEAD,
        [StoredPart(1, 3, '"e"', sha256(b"abc"))],
    ),
    "read": (lambda store: b"".join(store.read("k", 0, 3)), BYTES, b"abc"),
    "read it all": (lambda store: b"".join(store.read("k")), BYTES, b"abc"),
    "delete": (lambda store: store.delete("k"), GONE, None),
}
each_call = pytest.mark.parametrize("call", CALLS)
no_head = pytest.mark.parametrize("call", ["read", "read it all", "delete"])


@pytest.fixture
def over() -> Generator[Callable[..., tuple[Faulty, S3Store]]]:
    """Makes a faulty store, and what speaks with it."""
    with contextlib.ExitStack() as ends:

        def made(*answers: bytes | str, scheme: str = "http", **more: Any) -> tuple[Faulty, S3Store]:
            faulty = Faulty(*answers, **more)
            # On a busy machine a thread that would answer may not be asked for a while: only who says nothing is not waited for.
            patience = 1.0 if HANG in answers else 30.0
            store = s3_store(f"{scheme}://127.0.0.1:{faulty.port}", timeouts=(30.0, patience), patience=patience)
            ends.callback(faulty.close)
            ends.callback(store.close)
            return faulty, store

        yield made


@each_call
def test_one_request_is_enough(over: Any, call: str) -> None:
    asks, good, expected = CALLS[call]
    faulty, store = over(good, stays=True)
    for _ in range(3):
        assert asks(store) == expected
    assert len(faulty.asked) == 3
    assert faulty.lines == 1, "over the same connection"


@each_call
@pytest.mark.parametrize("fault", [error(503, "ServiceUnavailable"), HTML, answer(500), RESET, HANG, SILENT], ids=repr)
def test_what_passes_is_asked_once_more(over: Any, call: str, fault: bytes | str) -> None:
    asks, good, expected = CALLS[call]
    faulty, store = over(fault, good)
    assert asks(store) == expected
    assert len(faulty.asked) == 2


@each_call
@pytest.mark.parametrize("fault", [error(503, "ServiceUnavailable"), HTML, answer(500), RESET, HANG, SILENT], ids=repr)
def test_what_stays_is_a_store_that_is_away(over: Any, call: str, fault: bytes | str) -> None:
    faulty, store = over(fault)
    with capture_logs() as logs, pytest.raises(StoreUnavailable):
        CALLS[call][0](store)
    assert len(faulty.asked) == 2
    assert [line["event"] for line in logs] == ["store refused" if isinstance(fault, bytes) else "store away"]
    assert logs[0]["operation"] == ("head" if call == "list_parts" else call.partition(" ")[0])


@no_head
@pytest.mark.parametrize(("status", "code"), [(503, "SlowDown"), (400, "RequestTimeout"), (429, "TooManyRequests")])
def test_a_busy_store_is_asked_once_more(over: Any, call: str, status: int, code: str) -> None:
    asks, good, expected = CALLS[call]
    faulty, store = over(error(status, code), good)
    assert asks(store) == expected
    faulty, store = over(error(status, code))
    with capture_logs() as logs, pytest.raises(StoreUnavailable):
        asks(store)
    assert [(line["code"], line["status"], line["message"]) for line in logs] == [(code, status, "sorry")]
    assert len(faulty.asked) == 2


@each_call
def test_credentials_that_do_not_count_are_the_operators_business(over: Any, call: str) -> None:
    faulty, store = over(error(403, "AccessDenied") if call not in ("head", "list_parts") else answer(403))
    with capture_logs() as logs, pytest.raises(StoreUnavailable):
        CALLS[call][0](store)
    assert len(faulty.asked) == 1, "another try changes nothing"
    # The answer to a HEAD has no body that could name it.
    assert [line["code"] for line in logs] == ["403" if call in ("head", "list_parts") else "AccessDenied"]


def test_what_is_not_there(over: Any) -> None:
    faulty, store = over(answer(404, length=250), stays=True)
    assert store.head("k") is None
    assert store.list_parts("k", SINGLE_PUT) == []
    assert faulty.lines == 1, "no body is waited for"
    _, store = over(error(404, "NoSuchKey"))
    store.delete("k")
    with pytest.raises(StoreRefused) as refused:
        list(store.read("k", 0, 3))
    assert refused.value.code == "NoSuchKey"


@no_head
def test_a_refusal_has_its_code(over: Any, call: str) -> None:
    faulty, store = over(error(400, "InvalidRequest"))
    with pytest.raises(StoreRefused) as refused:
        CALLS[call][0](store)
    assert refused.value.code == "InvalidRequest"
    assert len(faulty.asked) == 1
    _, store = over(answer(400, b"<html>no", kind="text/html"))
    with pytest.raises(StoreRefused) as refused:
        CALLS[call][0](store)
    assert refused.value.code == "400"


@pytest.mark.parametrize("call", ["read", "read it all"])
def test_half_an_answer_is_no_answer(over: Any, call: str) -> None:
    _, store = over(answer(206, b"ab", length=3))
    with pytest.raises(StoreUnavailable):
        CALLS[call][0](store)


@no_head
def test_half_a_refusal_is_a_store_that_is_away(over: Any, call: str) -> None:
    """The rest never comes, so nobody knows what it says."""
    _, store = over(b"HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n<Err")
    with pytest.raises(StoreUnavailable):
        CALLS[call][0](store)


@pytest.mark.parametrize("call", ["head", "list_parts"])
def test_an_object_without_a_length_is_not_an_empty_one(over: Any, call: str) -> None:
    _, store = over(b"HTTP/1.1 200 OK\r\nETag: e\r\n\r\n")
    with pytest.raises(StoreUnavailable):
        CALLS[call][0](store)


@each_call
def test_noise_is_a_store_that_is_away(over: Any, call: str) -> None:
    _, store = over(b"220 mail.example.org ESMTP\r\n")
    with pytest.raises(StoreUnavailable):
        CALLS[call][0](store)


def test_a_body_in_chunks(over: Any) -> None:
    _, store = over(b"HTTP/1.1 206 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", stays=True)
    for _ in range(2):
        assert b"".join(store.read("k", 0, 3)) == b"abc"


def test_what_is_sent(over: Any) -> None:
    faulty, store = over(HEAD, BYTES, BYTES, GONE)
    store.head("a b/é")
    list(store.read("k", 5, 3))
    list(store.read("k"))
    store.delete("k")
    first, second, third, fourth = faulty.asked
    assert first.startswith("HEAD /smartupload/a%20b/%C3%A9 HTTP/1.1\r\n")
    assert f"\r\nhost: 127.0.0.1:{faulty.port}\r\n" in first.lower()
    assert "\r\nx-amz-checksum-mode: ENABLED\r\n" in first
    assert "\r\nuser-agent: Boto3/" in first
    assert second.startswith("GET /smartupload/k HTTP/1.1\r\n")
    assert "\r\nrange: bytes=5-7\r\n" in second
    assert "range" not in third.lower(), "an empty object has no span"
    assert fourth.startswith("DELETE /smartupload/k HTTP/1.1\r\n")


@each_call
def test_a_connection_that_the_store_has_closed_is_no_fault(over: Any, call: str) -> None:
    asks, good, expected = CALLS[call]
    faulty, store = over(good, unsaid=True)
    for _ in range(3):
        assert asks(store) == expected
        assert faulty.closed.acquire(timeout=10)
    assert len(faulty.asked) == faulty.lines == 3


@each_call
def test_a_proxy_is_used_where_one_is_set(over: Any, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asks, good, expected = CALLS[call]
    proxy, _ = over(good)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
    store = s3_store("http://store.invalid")
    assert asks(store) == expected
    assert proxy.asked[0].split(" ")[1] == "http://store.invalid/smartupload/k"
    store.close()


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE"])
@each_call
def test_only_a_store_with_a_known_certificate_is_spoken_with(
    over: Any, call: str, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks, good, expected = CALLS[call]
    for name in ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    certificate = certificate_for("127.0.0.1", tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    faulty, store = over(good, scheme="https", tls=context)
    with pytest.raises(StoreUnavailable):
        asks(store)
    assert faulty.asked == []
    monkeypatch.setenv(variable, str(certificate))
    _, store = over(good, scheme="https", tls=context)
    assert asks(store) == expected
    # It is known, and that of somebody else.
    context.load_cert_chain(certificate_for("127.0.0.2", tmp_path))
    monkeypatch.setenv(variable, str(tmp_path / "127.0.0.2.pem"))
    faulty, store = over(good, scheme="https", tls=context)
    with pytest.raises(StoreUnavailable):
        asks(store)
    assert faulty.asked == []
