"""Whether a store takes whole objects by one PUT each: real stores are asked, and stand-ins for what those never answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from structlog.testing import capture_logs

from smartupload.adapters.s3 import single_put
from smartupload.adapters.s3.single_put import SinglePuts
from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from smartupload.ports import SINGLE_PUT
from tests.fixtures_store import s3_store

PAGE = "http://localhost:3000"
ALLOWS = {"Access-Control-Allow-Origin": PAGE, "Access-Control-Allow-Methods": "PUT, GET"} | {
    "Access-Control-Allow-Headers": "x-amz-checksum-sha256, X-Amz-Server-Side-Encryption"
}


class StandIn(ThreadingHTTPServer):
    """A store that answers a method as it is told, by statuses that come one after the other, the last for ever."""

    def __init__(self, preflight: dict[str, str], **statuses: list[int]) -> None:
        self.preflight = preflight
        self.statuses = {"OPTIONS": [200], "DELETE": [204]} | statuses
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        super().__init__(("127.0.0.1", 0), _Answers)

    @property
    def methods(self) -> list[str]:
        return [method for method, *_ in self.asked]


class _Answers(BaseHTTPRequestHandler):
    server: StandIn  # pyright: ignore[reportIncompatibleVariableOverride]

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.asked.append((self.command, {name.lower(): value for name, value in self.headers.items()}, body))
        statuses = self.server.statuses[self.command]
        self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
        for name, value in self.server.preflight.items() if self.command == "OPTIONS" else ():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_OPTIONS = do_PUT = do_DELETE = _answer

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def stand_in() -> Generator[Callable[..., StandIn]]:
    made: list[StandIn] = []

    def start(preflight: dict[str, str] = ALLOWS, **statuses: list[int]) -> StandIn:
        made.append(StandIn(preflight, **statuses))
        threading.Thread(target=made[-1].serve_forever, args=(0.01,), daemon=True).start()
        return made[-1]

    yield start
    for one in made:
        one.shutdown()
        one.server_close()


def asks(server: StandIn, encryption: str = "AES256", **more: Any) -> S3Store:
    address = f"http://127.0.0.1:{server.server_address[1]}"
    return s3_store(address, single_put=None, origin=PAGE, encryption=encryption, **more)


@pytest.mark.parametrize("encryption", ["AES256", "off"])
def test_the_embedded_store_says_yes(stack: DevStack, seaweed: S3Store, encryption: str) -> None:
    keys = {"access_key_id": stack.identity.access_key_id, "secret_access_key": stack.identity.secret_access_key}
    # Its rules let pages of another port send, whatever that is here.
    store = s3_store(seaweed.endpoint_url, single_put=None, origin=PAGE, encryption=encryption, bucket=seaweed.bucket, **keys)
    assert store.takes_single_puts()
    assert store.open_multipart("uploads/a/1", "text/plain", 1) == SINGLE_PUT
    assert seaweed.list_objects("uploads/question-") == []
    store.close()


def test_a_page_that_may_not_send_what_asks_for_encryption(stand_in: Callable[..., StandIn]) -> None:
    for missing, told in [("Headers", "x-amz-checksum-sha256"), ("Origin", "https://else.where"), ("Methods", "GET")]:
        server = stand_in(ALLOWS | {f"Access-Control-Allow-{missing}": told}, PUT=[400, 200])
        with capture_logs() as logs:
            assert not asks(server).takes_single_puts()
        assert server.methods == ["OPTIONS"]
        assert "CORS" in logs[0]["why"]
        assert asks(server, "off").takes_single_puts(), "without encryption it sends nothing new"


def test_what_it_asks(stand_in: Callable[..., StandIn]) -> None:
    server = stand_in(PUT=[400, 200])
    assert asks(server, "aws:kms:key-1").takes_single_puts() is False, "the id of the key is not allowed"
    server = stand_in(ALLOWS | {"Access-Control-Allow-Headers": "*", "Access-Control-Allow-Origin": "*"}, PUT=[400, 200])
    store = asks(server, "aws:kms:key-1")
    assert store.takes_single_puts()
    assert server.methods == ["OPTIONS", "PUT", "PUT", "DELETE"]
    (_, preflight, _), (_, wrong, zeros), (_, right, body), _ = server.asked
    asked = "x-amz-checksum-sha256,x-amz-server-side-encryption,x-amz-server-side-encryption-aws-kms-key-id"
    assert preflight["access-control-request-headers"] == asked
    assert (preflight["origin"], preflight["access-control-request-method"]) == (PAGE, "PUT")
    assert wrong == right
    assert (len(zeros), zeros == body) == (len(body), False)
    assert store.takes_single_puts()
    assert len(server.asked) == 4, "it is asked once"


@pytest.mark.parametrize(
    ("puts", "why"), [([200], "another digest"), ([400, 403], "refuses"), ([403, 501], "")]
)
def test_a_store_that_takes_anything_or_nothing(stand_in: Callable[..., StandIn], puts: list[int], why: str) -> None:
    server = stand_in(PUT=puts)
    store = asks(server)
    with capture_logs() as logs:
        assert not store.takes_single_puts()
    assert why in logs[0].get("why", "")
    assert server.methods[-1] == "DELETE", "whatever it took is deleted again"


def test_a_store_that_is_away_is_asked_again(stand_in: Callable[..., StandIn], monkeypatch: pytest.MonkeyPatch) -> None:
    server = stand_in(PUT=[400, 503, 400, 200])
    store = asks(server)
    for _ in range(2):
        assert not store.takes_single_puts()
    assert server.methods == ["OPTIONS", "PUT", "PUT", "DELETE"], "not at once"
    monkeypatch.setattr(single_put, "_AGAIN", 0)
    assert store.takes_single_puts()
    away = s3_store("http://127.0.0.1:1", single_put=None, origin=PAGE, encryption="AES256")
    assert not away.takes_single_puts()


def test_nobody_waits_for_the_answer() -> None:
    asked, answered = threading.Event(), threading.Event()

    def ask() -> bool:
        asked.set()
        return answered.wait(10)

    puts = SinglePuts(ask, None)
    first = threading.Thread(target=puts.taken)
    first.start()
    assert asked.wait(10)
    assert not puts.taken()
    answered.set()
    first.join(10)
    assert puts.taken()
    assert [SinglePuts(ask, known).taken() for known in (True, False)] == [True, False]
