"""Whether a store takes whole objects by one PUT each: real stores are asked, and stand-ins for what those never answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from itertools import pairwise
from typing import Any

import pytest
from structlog.testing import capture_logs

from smartupload.adapters.s3.single_put import SinglePuts
from smartupload.adapters.s3.store import S3Store
from smartupload.ports import SINGLE_PUT
from tests.contract.stand_in import ALLOWS, BAD, PAGE, Said, StandIn
from tests.fixtures_store import s3_store


@pytest.fixture
def stand_in() -> Generator[Callable[..., StandIn]]:
    made: list[StandIn] = []

    def start(preflight: dict[str, str] = ALLOWS, **said: Any) -> StandIn:
        made.append(StandIn(preflight, **said))
        threading.Thread(target=made[-1].serve_forever, args=(0.01,), daemon=True).start()
        return made[-1]

    yield start
    for one in made:
        one.shutdown()
        one.server_close()


def asks(server: StandIn, encryption: str = "AES256", **more: Any) -> S3Store:
    address = f"http://127.0.0.1:{server.server_address[1]}"
    return s3_store(address, single_put=None, origin=PAGE, encryption=encryption, **more)


def answer(store: S3Store) -> bool:
    """What is known after it has been asked once more."""
    puts = store._single_puts
    puts._due = time.monotonic()
    puts.taken()
    if puts._asking is not None:
        puts._asking.join(60)
    return puts.taken()


def keys_of(store: S3Store) -> dict[str, str]:
    keys = store._client._get_credentials()
    return {"access_key_id": keys.access_key, "secret_access_key": keys.secret_key, "bucket": store.bucket}


@pytest.mark.parametrize("encryption", ["AES256", "off"])
def test_the_embedded_store_says_yes(seaweed: S3Store, encryption: str) -> None:
    # Its rules let pages of another port send, whatever that is here.
    store = s3_store(seaweed.endpoint_url, single_put=None, origin=PAGE, encryption=encryption, **keys_of(seaweed))
    assert answer(store)
    assert store.open_multipart("uploads/a/1", "text/plain", 1) == SINGLE_PUT
    assert seaweed.list_objects("uploads/question-") == []
    store.close()


@pytest.mark.parametrize(
    ("second", "known"),
    [([200, BAD], True), ([200, 200], False), ([503], None)],
    ids=["yes", "no", "unclear"],
)
def test_every_host_is_asked(stand_in: Callable[..., StandIn], second: list[Said], known: bool | None) -> None:
    for step in (1, -1):
        servers = [stand_in(PUT=[200, BAD]), stand_in(PUT=[*second])]
        hosts = [f"http://127.0.0.1:{server.server_address[1]}" for server in servers]
        order = hosts[::step]
        store = s3_store(
            hosts[0], public_endpoint_urls=order, single_put=None, origin=PAGE, encryption="AES256", timeouts=(3, 3)
        )
        with capture_logs() as logs:
            assert answer(store) is bool(known)
        assert store._single_puts._known is known
        assert [log["address"] for log in logs] == ([] if known else [hosts[1]])
        store.close()


def test_one_that_looks_at_no_digest_says_no(moto: S3Store) -> None:
    store = s3_store(moto.endpoint_url, single_put=None, origin=PAGE, **keys_of(moto))
    with capture_logs() as logs:
        assert not answer(store)
    assert "another digest" in logs[0]["why"]
    assert moto.list_objects("uploads/question-") == []
    store.close()


def test_a_bucket_that_is_made_later(moto: S3Store) -> None:
    store = s3_store(moto.endpoint_url, single_put=None, origin=PAGE, **keys_of(moto) | {"bucket": "later"})
    with capture_logs() as logs:
        assert not answer(store)
    assert "no clear answer" in logs[0]["event"]
    store.make_bucket([PAGE])
    with capture_logs() as logs:
        assert not answer(store)
    assert "another digest" in logs[0]["why"]
    store.close()


def test_a_page_that_may_not_send_what_asks_for_encryption(stand_in: Callable[..., StandIn]) -> None:
    for missing, told in [("Headers", "x-amz-checksum-sha256"), ("Origin", "https://else.where"), ("Methods", "GET")]:
        server = stand_in(ALLOWS | {f"Access-Control-Allow-{missing}": told}, PUT=[200, BAD])
        with capture_logs() as logs:
            assert not answer(asks(server))
        assert server.methods == ["OPTIONS"]
        assert "CORS" in logs[0]["why"]
        assert answer(asks(server, "off")), "without encryption it sends nothing new"


def test_what_it_asks(stand_in: Callable[..., StandIn]) -> None:
    server = stand_in(PUT=[200, BAD])
    assert not answer(asks(server, "aws:kms:key-1")), "the id of the key is not allowed"
    server = stand_in(
        ALLOWS | {"Access-Control-Allow-Headers": "*", "Access-Control-Allow-Origin": "*"}, PUT=[200, BAD]
    )
    store = asks(server, "aws:kms:key-1")
    assert answer(store)
    assert server.methods == ["OPTIONS", "PUT", "PUT", "GET", "DELETE"]
    (_, preflight, _), (_, right, body), (_, wrong, zeros), *_ = server.asked
    asked = "x-amz-checksum-sha256,x-amz-server-side-encryption,x-amz-server-side-encryption-aws-kms-key-id"
    assert preflight["access-control-request-headers"] == asked
    assert (preflight["origin"], preflight["access-control-request-method"]) == (PAGE, "PUT")
    assert wrong == right
    assert (len(zeros), zeros == body) == (len(body), False)
    assert answer(store)
    assert len(server.asked) == 5, "it is asked once"


@pytest.mark.parametrize(
    ("puts", "why"),
    [([200], "another digest"), ([400], "refuses"), ([(400, "InvalidArgument")], "refuses")],
)
def test_a_store_that_takes_anything_or_nothing(stand_in: Callable[..., StandIn], puts: list[Said], why: str) -> None:
    server = stand_in(PUT=puts)
    with capture_logs() as logs:
        assert not answer(asks(server))
    assert why in logs[0].get("why", "")
    assert server.methods[-1] == "DELETE", "whatever it took is deleted again"


@pytest.mark.parametrize("more", [{"spoils": True}, {"GET": [404]}])
def test_a_store_that_spoils_what_is_there_with_what_it_refuses(
    stand_in: Callable[..., StandIn], more: dict[str, Any]
) -> None:
    with capture_logs() as logs:
        assert not answer(asks(stand_in(PUT=[200, BAD], **more)))
    assert "as it was" in logs[0]["why"]


@pytest.mark.parametrize(
    "code", ["BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"]
)
def test_a_refusal_that_names_the_digest(stand_in: Callable[..., StandIn], code: str) -> None:
    assert answer(asks(stand_in(PUT=[200, (400, code)])))


@pytest.mark.parametrize(
    "refusal",
    [
        400, 403, 408, 409, 503, 301, (503, "BadDigest"), (400, "RequestTimeout"), (400, "InvalidRequest"),
        (409, "OperationAborted"), (403, "SignatureDoesNotMatch"),
    ],
)  # fmt: skip
def test_any_other_refusal_says_nothing_of_digests(stand_in: Callable[..., StandIn], refusal: Said) -> None:
    """It passes, and then the store takes anything."""
    server = stand_in(PUT=[200, refusal, 200])
    store = asks(server)
    with capture_logs() as logs:
        assert not answer(store)
    assert "no clear answer" in logs[0]["event"]
    assert server.methods[-1] == "DELETE"
    with capture_logs() as logs:
        assert not answer(store)
    assert "another digest" in logs[0]["why"]


@pytest.mark.parametrize(
    "more",
    [
        {"PUT": [403, 200, BAD]},
        {"PUT": [404, 200, BAD]},
        {"PUT": [501, 200, BAD]},
        {"PUT": [307, 200, BAD]},
        {"PUT": [(400, "RequestTimeout"), 200, BAD]},
        {"PUT": [(400, "ExpiredToken"), 200, BAD]},
        {"PUT": [200, BAD, 200, BAD], "GET": [403, 200]},
        {"PUT": [200, BAD, 200, BAD], "GET": [503, 200]},
        {"PUT": [200, BAD], "OPTIONS": [404, 200]},
        {"PUT": [200, BAD], "OPTIONS": [503, 200]},
    ],
)
def test_what_passes_is_no_answer(stand_in: Callable[..., StandIn], more: dict[str, Any]) -> None:
    store = asks(stand_in(**more))
    with capture_logs() as logs:
        assert not answer(store)
    assert "no clear answer" in logs[0]["event"]
    assert answer(store)


def test_a_store_that_is_away_is_asked_again(stand_in: Callable[..., StandIn]) -> None:
    server = stand_in(PUT=[200, 503, 200, BAD])
    store = asks(server)
    assert not answer(store)
    assert not store.takes_single_puts()
    assert server.methods == ["OPTIONS", "PUT", "PUT", "DELETE"], "not at once"
    assert answer(store)
    assert not answer(s3_store("http://127.0.0.1:1", single_put=None, origin=PAGE, encryption="AES256"))


def test_nobody_waits_for_the_answer() -> None:
    asked, answered = threading.Semaphore(0), threading.Event()

    def ask() -> bool:
        asked.release()
        return answered.wait(10)

    puts = SinglePuts(ask, None)
    assert [puts.taken() for _ in range(3)] == [False] * 3
    assert asked.acquire(timeout=10)
    answered.set()
    assert puts._asking is not None
    puts._asking.join(10)
    assert puts.taken()
    assert not asked.acquire(blocking=False), "it is asked once at a time"
    assert [SinglePuts(ask, known).taken() for known in (True, False)] == [True, False]


def test_it_is_asked_ever_more_seldom() -> None:
    moment = 0.0
    asked: list[float] = []

    def ask() -> bool | None:
        asked.append(moment)
        if len(asked) == 3:
            raise ValueError("a mistake in the program")
        return True if len(asked) == 10 else None

    puts = SinglePuts(ask, None, lambda: moment)
    while not puts.taken():
        if puts._asking is not None:
            puts._asking.join(10)
        moment += 30
    between = [later - earlier for earlier, later in pairwise(asked)]
    assert between == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
