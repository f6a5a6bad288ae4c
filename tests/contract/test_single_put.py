"""What every store must do with a file of one part, which is sent as one object."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

import httpx
import pytest

from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from smartupload.ports import FinishedPart, StoredKey
from tests.fixtures_store import composite, noise, post, s3_store, send, sha256

BODY = noise(70_000)


@pytest.fixture
def key() -> str:
    return f"uploads/{secrets.token_hex(8)}/1"


def signed(store: Any, key: str, body: bytes = BODY) -> Any:
    return store.sign_part(key, store.open_multipart(key, "text/plain", 1), 1, len(body), sha256(body), 60)


def test_it_lies_there_with_one_put(store: Any, key: str) -> None:
    name = store.open_multipart(key, "text/plain", 1)
    assert store.list_parts(key, name) == []
    assert store.head(key) is None
    assert send(store, signed(store, key), BODY) == 200
    (part,) = store.list_parts(key, name)
    assert (part.number, part.size) == (1, len(BODY))
    assert part.sha256 in (None, sha256(BODY))
    assert store.list_parts(key, name, 2) == []
    assert store.complete_multipart(key, name, [FinishedPart(1, part.etag, sha256(BODY))]) in (None, composite([BODY]))
    found = store.head(key)
    assert (found.size, found.checksum) in [
        (len(BODY), checksum) for checksum in (None, sha256(BODY), composite([BODY]))
    ]
    assert b"".join(store.read(key)) == BODY


def test_only_the_signed_bytes_are_taken(store: Any, key: str) -> None:
    request, other = signed(store, key), noise(len(BODY), 9)
    assert send(store, request, other) == 400, "other bytes of the same length"
    assert send(store, request, BODY[:-1]) == 403, "another length"
    assert send(store, request, BODY, headers={}) == 403, "without the signed headers"
    assert send(store, request, other, dict(request.headers) | {"x-amz-checksum-sha256": sha256(other)}) == 403
    assert store.head(key) is None


@pytest.mark.parametrize("name", ["x-amz-copy-source", "x-amz-tagging"])
def test_nothing_is_added_to_what_was_signed(seaweed: S3Store, key: str, name: str) -> None:
    """Else an address that is still good would put another object in the place of a file, or call it checked."""
    other = key + "0"
    assert send(seaweed, signed(seaweed, other, b"other"), b"other") == 200
    added = {"x-amz-copy-source": f"{seaweed.bucket}/{other}", "x-amz-tagging": "smartupload-scan=clean"}[name]
    request = signed(seaweed, key)
    for _ in range(2):
        assert send(seaweed, request, BODY, dict(request.headers) | {name: added}) == 403
        assert send(seaweed, request, BODY) == 200
    assert b"".join(seaweed.read(key)) == BODY


def test_it_is_never_gone(store: Any, key: str) -> None:
    """Aborted it stays, since nothing is open; sent again it is the same."""
    name = store.open_multipart(key, "text/plain", 1)
    request = signed(store, key)
    store.abort_multipart(key, name)
    for _ in range(2):
        assert send(store, request, BODY) == 200
        assert len(store.list_parts(key, name)) == 1
    store.delete(key)
    assert store.list_parts(key, name) == []


def test_a_form_becomes_it(store: Any, key: str) -> None:
    source = key.replace("uploads/", "handover/") + "/1"
    assert post(store, store.sign_form(source, len(BODY), sha256(BODY), 60), BODY) == 201
    name = store.open_multipart(key, "text/plain", 1)
    store.copy_part(key, name, 1, StoredKey(source, len(BODY)))
    assert [(part.number, part.size) for part in store.list_parts(key, name)] == [(1, len(BODY))]
    assert b"".join(store.read(key)) == BODY


def test_a_form_writes_it_as_the_put_does(store: Any, key: str) -> None:
    name, other = store.open_multipart(key, "text/plain", 1), noise(len(BODY), 9)
    form = store.sign_form(key, len(BODY), sha256(BODY), 60)
    assert post(store, form, other) == 400, "other bytes of the same length"
    assert post(store, form, BODY[:-1]) == 400, "another length"
    assert post(store, replace(form, fields={**form.fields, "key": key + "0"}), BODY) == 403, "another key"
    assert store.head(key) is None
    for _ in range(2):
        assert post(store, form, BODY) == 201
        assert [(part.number, part.size) for part in store.list_parts(key, name)] == [(1, len(BODY))]
        assert send(store, signed(store, key), BODY) == 200
    assert b"".join(store.read(key)) == BODY


def test_which_stores_are_known_to_hold_forms(seaweed: S3Store, moto: S3Store, stack: DevStack) -> None:
    """The embedded one is; others are tried first, and where browsers have several addresses a form would be for one of them."""
    assert seaweed.takes_single_forms
    keys = {"access_key_id": stack.identity.access_key_id, "secret_access_key": stack.identity.secret_access_key}
    addresses = ("http://one.localhost:1", "http://two.localhost:1")
    several = s3_store(stack.endpoint_url, public_endpoint_urls=addresses, names_empty=True, **keys)
    assert not several.takes_single_forms
    several.close()
    for store, holds in (
        (s3_store(stack.endpoint_url, bucket=f"b-{secrets.token_hex(6)}", **keys), True),
        (moto, False),
    ):
        assert not store.takes_single_forms, "nobody has tried it"
        store.look_at_bucket(["http://localhost:3000"], 37, 7)
        assert store.takes_single_forms is holds
        assert not store.list_objects("handover/")


def test_the_embedded_store_says_of_a_form_what_it_says_of_a_put(seaweed: S3Store, key: str) -> None:
    """A page reads status, ETag and the codes of refusals."""
    form = seaweed.sign_form(key, len(BODY), sha256(BODY), 60)
    origin = {"Origin": "http://localhost:3000"}
    for body, status in ((BODY, 201), (noise(len(BODY), 9), 400)):
        answer = httpx.post(form.url, data=dict(form.fields), files={"file": ("f", body)}, headers=origin, timeout=30)
        assert (answer.status_code, bool(answer.headers.get("etag"))) == (status, status == 201)
        assert answer.headers["access-control-allow-origin"] in ("*", origin["Origin"])
        if status == 201:
            assert "etag" in answer.headers["access-control-expose-headers"].lower()
        else:
            assert "<Code>BadDigest</Code>" in answer.text
    client: Any = seaweed._client  # pyright: ignore[reportPrivateUsage]
    assert client.head_object(Bucket=seaweed.bucket, Key=key)["ServerSideEncryption"] == "AES256"


def test_the_embedded_store_encrypts_it(seaweed: S3Store, key: str) -> None:
    assert send(seaweed, signed(seaweed, key), BODY) == 200
    client: Any = seaweed._client  # pyright: ignore[reportPrivateUsage]
    assert client.head_object(Bucket=seaweed.bucket, Key=key)["ServerSideEncryption"] == "AES256"


def test_where_the_store_does_not_take_it_it_is_a_multipart_upload_of_one_part(moto: S3Store, key: str) -> None:
    store = s3_store(moto.endpoint_url, single_put=False)
    name = store.open_multipart(key, "text/plain", 1)
    assert [part["UploadId"] for part in open_ones(store, key)] == [name]
    store.abort_multipart(key, name)
    store.close()


def open_ones(store: S3Store, key: str) -> list[dict[str, str]]:
    client: Any = store._client  # pyright: ignore[reportPrivateUsage]
    return client.list_multipart_uploads(Bucket=store.bucket, Prefix=key).get("Uploads", [])
