"""What every store must do: one suite over the in-memory twin and the real engine."""

from __future__ import annotations

import itertools
import secrets
import time
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from smartupload.adapters.memory import MemoryStore
from smartupload.adapters.s3.store import S3Store
from smartupload.errors import MultipartGone, StoreRefused, StoreUnavailable
from smartupload.ports import SINGLE_PUT, FinishedPart, StoredKey, StoredObject
from tests.contract.conftest import ANYWHERE
from tests.fixtures_store import MIB, composite, noise, post, s3_store, send, sha256


@pytest.fixture
def key() -> str:
    return f"uploads/{secrets.token_hex(8)}/1"


def sent(store: Any, key: str, multipart_id: str, bodies: list[bytes]) -> list[FinishedPart]:
    for number, body in enumerate(bodies, start=1):
        assert send(store, store.sign_part(key, multipart_id, number, len(body), sha256(body), 60), body) == 200
    listed = store.list_parts(key, multipart_id)
    return [FinishedPart(part.number, part.etag, sha256(bodies[part.number - 1])) for part in listed]


def test_parts_become_the_object(store: Any, key: str) -> None:
    bodies = [noise(5 * MIB, 1), noise(1234, 2)]
    multipart_id = store.open_multipart(key, "application/octet-stream", 2)
    parts = sent(store, key, multipart_id, bodies)
    assert [part.number for part in parts] == [1, 2]
    assert store.head(key) is None, "nothing is to be seen before it is complete"
    assert store.complete_multipart(key, multipart_id, parts) == composite(bodies)
    assert store.head(key) == StoredObject(5 * MIB + 1234, composite(bodies))


@ANYWHERE
def test_listed_parts_have_their_size_and_range(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    assert store.list_parts(key, multipart_id) == []
    sent(store, key, multipart_id, [bytes([number]) * number for number in range(1, 8)])
    assert [(part.number, part.size) for part in store.list_parts(key, multipart_id, 3, 5)] == [(3, 3), (4, 4), (5, 5)]
    store.abort_multipart(key, multipart_id)


def test_only_the_signed_bytes_are_taken(store: Any, key: str) -> None:
    body = noise(1000)
    multipart_id = store.open_multipart(key, "text/plain", 2)
    request = store.sign_part(key, multipart_id, 1, len(body), sha256(body), 60)
    assert send(store, request, noise(1000, 9)) == 400, "other bytes of the same length"
    assert send(store, request, body[:-1]) == 403, "another length"
    assert send(store, request, body, headers={}) == 403, "without the signed header"
    assert send(store, request, noise(1000, 9), {"x-amz-checksum-sha256": sha256(noise(1000, 9))}) == 403
    assert store.list_parts(key, multipart_id) == []
    assert send(store, request, body) == 200
    assert [part.size for part in store.list_parts(key, multipart_id)] == [1000]


@pytest.mark.parametrize("turn", range(4))  # the real engine orders them by their hash
def test_a_part_sent_again_is_listed_once_and_the_last_wins(store: Any, key: str, turn: int) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    first, second = noise(500, turn), noise(700, turn + 100)
    for body in (first, first, second):
        if body is second and not isinstance(store, MemoryStore):
            began = time.time()  # stores date parts by the second
            while int(time.time()) == int(began):
                time.sleep(0.02)
        assert send(store, store.sign_part(key, multipart_id, 1, len(body), sha256(body), 60), body) == 200
    (part,) = store.list_parts(key, multipart_id)
    assert part.size == 700
    done = store.complete_multipart(key, multipart_id, [FinishedPart(1, part.etag, sha256(second))])
    assert done == composite([second])


@ANYWHERE
def test_more_parts_than_a_page_holds(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    with httpx.Client() as client:
        for number in itertools.chain(range(1, 1004), [1003, 2]):
            body = str(number).encode()
            request = store.sign_part(key, multipart_id, number, len(body), sha256(body), 60)
            if isinstance(store, MemoryStore):
                assert store.put(request, body) == 200
            else:
                assert client.put(request.url, content=body, headers=dict(request.headers)).status_code == 200
    assert [part.number for part in store.list_parts(key, multipart_id)] == list(range(1, 1004))
    assert [part.number for part in store.list_parts(key, multipart_id, 999, 1002)] == [999, 1000, 1001, 1002]
    store.abort_multipart(key, multipart_id)


@ANYWHERE
def test_what_was_aborted_is_gone(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    sent(store, key, multipart_id, [b"abc"])
    store.abort_multipart(key, multipart_id)
    store.abort_multipart(key, multipart_id)
    with pytest.raises(MultipartGone):
        store.list_parts(key, multipart_id)
    assert store.head(key) is None


def test_what_was_aborted_cannot_be_completed(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    parts = sent(store, key, multipart_id, [b"abc"])
    store.abort_multipart(key, multipart_id)
    with pytest.raises(MultipartGone):
        store.complete_multipart(key, multipart_id, parts)
    assert store.head(key) is None


@ANYWHERE
def test_completing_again_is_the_same_or_gone(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    parts = sent(store, key, multipart_id, [b"abc"])
    checksum = store.complete_multipart(key, multipart_id, parts)
    with pytest.raises(MultipartGone):
        store.list_parts(key, multipart_id)
    try:
        again = store.complete_multipart(key, multipart_id, parts)
    except MultipartGone:
        again = checksum
    assert again == checksum
    assert store.head(key) == StoredObject(3, checksum)


@pytest.mark.parametrize("fault", ["wrong digest", "part that is not there", "too small"])
def test_what_cannot_be_completed_is_refused(store: Any, key: str, fault: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    parts = sent(store, key, multipart_id, [b"abc", b"def"] if fault == "too small" else [noise(5 * MIB), b"def"])
    if fault == "wrong digest":
        parts = [parts[0], FinishedPart(2, parts[1].etag, sha256(b"xyz"))]
    elif fault == "part that is not there":
        parts = [*parts, FinishedPart(3, parts[1].etag, sha256(b"def"))]
    with pytest.raises(StoreRefused):
        store.complete_multipart(key, multipart_id, parts)
    assert store.head(key) is None
    store.abort_multipart(key, multipart_id)


@ANYWHERE
def test_deleting_is_idempotent(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    store.complete_multipart(key, multipart_id, sent(store, key, multipart_id, [b"abc"]))
    store.delete(key)
    assert store.head(key) is None
    store.delete(key)


@ANYWHERE
def test_a_store_that_answers_is_fine(store: Any) -> None:
    store.ping()


def call_everything(store: Any, key: str) -> list[Any]:
    return [
        lambda: store.open_multipart(key, "text/plain", 2),
        lambda: store.list_parts(key, "m"),
        lambda: store.copy_part(key, "m", 1, StoredKey("source", 1)),
        lambda: store.list_objects("handover/"),
        lambda: store.complete_multipart(key, "m", [FinishedPart(1, '"e"', sha256(b""))]),
        lambda: store.abort_multipart(key, "m"),
        lambda: store.head(key),
        lambda: store.delete(key),
        lambda: list(store.read(key)),
        lambda: store.mark_clean(key),
        lambda: store.ping(),
    ]


@pytest.mark.parametrize("kind", ["memory", "s3"])
def test_a_store_that_is_away_says_so_in_every_call(kind: str, key: str) -> None:
    store: Any = MemoryStore() if kind == "memory" else s3_store("http://127.0.0.1:9")
    store.away = True
    for call in call_everything(store, key):
        with pytest.raises(StoreUnavailable):
            call()


def test_wrong_credentials_are_the_operators_business(seaweed: Any, key: str) -> None:
    wrong = s3_store(seaweed.endpoint_url, secret_access_key="wrong")
    with pytest.raises(StoreUnavailable):
        wrong.open_multipart(key, "text/plain", 2)
    with pytest.raises(StoreUnavailable):
        wrong.ping()


def test_a_bucket_that_is_not_there_is_named(seaweed: Any, stack: Any) -> None:
    identity = stack.identity
    other = s3_store(
        seaweed.endpoint_url,
        bucket="no-such-bucket",
        access_key_id=identity.access_key_id,
        secret_access_key=identity.secret_access_key,
    )
    with pytest.raises(StoreUnavailable, match="no-such-bucket"):
        other.ping()


class TestSignedAddresses:
    """What only a store with real signatures can show."""

    def test_length_and_digest_are_signed(self, seaweed: Any, key: str) -> None:
        request = seaweed.sign_part(key, "m", 1, 5, sha256(b"12345"), 60)
        signed = parse_qs(urlsplit(request.url).query)["X-Amz-SignedHeaders"][0].split(";")
        assert {"content-length", "x-amz-checksum-sha256", "host"} <= set(signed)

    def test_an_address_is_good_for_one_part_number(self, seaweed: Any, key: str) -> None:
        multipart_id = seaweed.open_multipart(key, "text/plain", 2)
        request = seaweed.sign_part(key, multipart_id, 1, 3, sha256(b"abc"), 60)
        other = request.url.replace("partNumber=1", "partNumber=2")
        assert other != request.url
        assert httpx.put(other, content=b"abc", headers=dict(request.headers)).status_code == 403
        assert seaweed.list_parts(key, multipart_id) == []

    def test_an_address_expires(self, seaweed: Any, key: str) -> None:
        multipart_id = seaweed.open_multipart(key, "text/plain", 2)
        request = seaweed.sign_part(key, multipart_id, 1, 3, sha256(b"abc"), 1)
        for _ in range(100):
            if send(seaweed, request, b"abc") == 403:
                return
        pytest.fail("still good after a hundred requests")

    def test_a_page_may_send_and_read_the_answer(self, seaweed: Any, key: str) -> None:
        origin = {"Origin": "http://localhost:3000"}
        multipart_id = seaweed.open_multipart(key, "text/plain", 2)
        request = seaweed.sign_part(key, multipart_id, 1, 3, sha256(b"abc"), 60)
        preflight = httpx.options(
            request.url,
            headers=origin
            | {
                "Access-Control-Request-Method": "PUT",
                "Access-Control-Request-Headers": "x-amz-checksum-sha256,content-type",
            },
        )
        assert preflight.headers["access-control-allow-origin"] == origin["Origin"]
        answer = httpx.put(request.url, content=b"abc", headers=dict(request.headers) | origin)
        exposed = answer.headers["access-control-expose-headers"].lower()
        assert "etag" in exposed
        assert "x-amz-checksum-sha256" in exposed
        assert answer.headers["etag"]
        assert answer.headers["x-amz-checksum-sha256"] == sha256(b"abc")

    def test_no_other_site_may(self, seaweed: Any, key: str) -> None:
        multipart_id = seaweed.open_multipart(key, "text/plain", 2)
        request = seaweed.sign_part(key, multipart_id, 1, 3, sha256(b"abc"), 60)
        asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "PUT"}
        answer = httpx.options(request.url, headers=asked)
        assert answer.headers.get("access-control-allow-origin") not in ("*", "http://evil.example")

    def test_a_download_has_its_name_and_type(self, seaweed: Any, key: str) -> None:
        multipart_id = seaweed.open_multipart(key, "text/html", 2)
        seaweed.complete_multipart(key, multipart_id, sent(seaweed, key, multipart_id, [b"<b>"]))
        disposition = "attachment; filename=\"na_ve ' .txt\"; filename*=UTF-8''na%C3%AFve%20%27%20.txt"
        answer = httpx.get(seaweed.sign_download(key, disposition, "application/octet-stream", 60))
        assert answer.content == b"<b>"
        assert answer.headers["content-disposition"] == disposition
        assert answer.headers["content-type"] == "application/octet-stream"

    def test_parts_take_turns_between_two_hosts(self, seaweed: S3Store) -> None:
        there = seaweed.endpoint_url
        hosts = (there.replace("127.0.0.1", "localhost"), there)
        keys = seaweed._client._get_credentials()
        store = s3_store(
            there,
            public_endpoint_urls=hosts,
            bucket=seaweed.bucket,
            access_key_id=keys.access_key,
            secret_access_key=keys.secret_key,
        )
        bodies = [noise(5 * MIB, 1), noise(5 * MIB, 2), noise(1000, 3)]
        multipart_id = store.open_multipart("hosts", "text/plain", 3)
        for number, body in enumerate(bodies, start=1):
            own, other = hosts if number % 2 else hosts[::-1]
            request = store.sign_part("hosts", multipart_id, number, len(body), sha256(body), 60)
            again = store.sign_part("hosts", multipart_id, number, len(body), sha256(body), 60)
            assert request.url.startswith(f"{own}/")
            assert again.url.startswith(f"{own}/"), "signed once more it is the same host"
            (elsewhere,) = request.others
            assert elsewhere.startswith(f"{other}/")
            for url in (elsewhere, request.url):
                assert send(store, replace(request, url=url), bytes(len(body))) == 400, "no other bytes"
                assert send(store, replace(request, url=url), body) == 200
        parts = store.list_parts("hosts", multipart_id)
        finished = [
            FinishedPart(part.number, part.etag, sha256(body)) for part, body in zip(parts, bodies, strict=True)
        ]
        store.complete_multipart("hosts", multipart_id, finished)
        assert b"".join(store.read("hosts")) == b"".join(bodies)
        form = store.sign_form("handover/hosts/1/2", 3, sha256(b"abc"), 60)
        assert form.url.startswith(f"{hosts[0]}/"), "the browser sends two at a time, so one host will do"
        assert post(store, form, b"abc") == 201
        assert store.sign_download("hosts", "attachment", "text/plain", 60).startswith(f"{hosts[0]}/")
        assert send(store, store.sign_part("one", SINGLE_PUT, 1, 3, sha256(b"abc"), 60), b"abc") == 200
        store.close()

    def test_one_host_has_no_others(self) -> None:
        for named in ((), ("https://files.example.org",), ("http://10.0.0.1:8333",)):
            store = s3_store("http://10.0.0.1:8333", public_endpoint_urls=named)
            request = store.sign_part("k", "m", 2, 3, sha256(b"abc"), 60)
            assert request.url.startswith(named[0] if named else "http://10.0.0.1:8333")
            assert list(request.others) == []

    def test_browsers_may_be_given_another_address(self) -> None:
        store = s3_store("http://10.0.0.1:8333", public_endpoint_urls=("https://files.example.org",))
        assert store.sign_part("k", "m", 1, 3, sha256(b"abc"), 60).url.startswith(
            "https://files.example.org/smartupload/k?"
        )
        assert store.sign_download("k", "attachment", "text/plain", 60).startswith("https://files.example.org/")
