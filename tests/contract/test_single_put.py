"""What every store must do with a file of one part, which is sent as one object."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from smartupload.adapters.s3.store import S3Store
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
