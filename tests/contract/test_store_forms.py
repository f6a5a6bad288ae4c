"""What every store must do with forms and part objects: one suite over the in-memory twin and the real engine."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import replace
from typing import Any

import httpx
import pytest

from smartupload.adapters.memory import MemoryStore
from smartupload.adapters.s3 import forms
from smartupload.errors import MultipartGone, StoreRefused
from smartupload.ports import FinishedPart, StoredKey, StoredObject
from tests.contract.conftest import ANYWHERE
from tests.fixtures_store import MIB, composite, noise, post, s3_store, send, sha256


@pytest.fixture
def upload() -> str:
    return secrets.token_hex(8)


def posted(store: Any, key: str, body: bytes) -> StoredKey:
    assert post(store, store.sign_form(key, len(body), sha256(body), 60), body) == 201
    return StoredKey(key, len(body))


def test_only_the_signed_bytes_are_taken(store: Any, upload: str) -> None:
    key, body, other = f"handover/{upload}/1/7", noise(1000), noise(1000, 9)
    form = store.sign_form(key, len(body), sha256(body), 60)
    digest = {"x-amz-checksum-sha256": sha256(other)}
    assert post(store, form, other) == 400, "other bytes of the same length"
    assert post(store, form, body[:-1]) == 400, "too short"
    assert post(store, form, body + b"1") == 400, "too long"
    assert post(store, replace(form, fields={**form.fields, **digest}), other) == 403, "another digest"
    without = {name: value for name, value in form.fields.items() if name not in digest}
    assert post(store, replace(form, fields=without), other) == 403, "no digest"
    assert post(store, replace(form, fields={**form.fields, "key": f"handover/{upload}/1/8"}), body) == 403
    assert store.list_objects(f"handover/{upload}/") == []
    for _ in range(2):
        assert post(store, form, body) == 201
    assert store.head(key) == StoredObject(1000, sha256(body)), "its checksum is the digest of its bytes"


def test_part_objects_become_parts(store: Any, upload: str) -> None:
    key, bodies = f"uploads/{upload}/1", [noise(5 * MIB, 1), noise(5 * MIB, 2), noise(1234, 3)]
    multipart_id = store.open_multipart(key, "application/octet-stream", 2)
    request = store.sign_part(key, multipart_id, 1, len(bodies[0]), sha256(bodies[0]), 60)
    assert send(store, request, bodies[0]) == 200
    sources = [posted(store, f"handover/{upload}/1/{number}", bodies[number - 1]) for number in (2, 3)]
    copies = [
        store.copy_part(key, multipart_id, number, source) for number, source in zip((2, 3), sources, strict=True)
    ]
    listed = store.list_parts(key, multipart_id)
    assert [(part.number, part.size, part.etag) for part in copies] == [
        (part.number, part.size, part.etag) for part in listed[1:]
    ]
    for source in sources:
        store.delete(source.key)
    finished = [FinishedPart(part.number, part.etag, sha256(bodies[part.number - 1])) for part in listed]
    assert store.complete_multipart(key, multipart_id, finished) == composite(bodies)
    assert store.head(key) == StoredObject(10 * MIB + 1234, composite(bodies))
    if not isinstance(store, MemoryStore):
        address = store.sign_download(key, "inline", "application/octet-stream", 60)
        assert httpx.get(address, timeout=30).content == b"".join(bodies), "without the part objects, too"


@ANYWHERE
def test_what_cannot_be_copied(store: Any, upload: str) -> None:
    key = f"uploads/{upload}/1"
    multipart_id = store.open_multipart(key, "text/plain", 2)
    with pytest.raises(StoreRefused) as refused:
        store.copy_part(key, multipart_id, 1, StoredKey(f"handover/{upload}/1/1", 3))
    assert refused.value.code == "NoSuchKey"
    source = posted(store, f"handover/{upload}/1/1", b"abc")
    store.abort_multipart(key, multipart_id)
    with pytest.raises(MultipartGone):
        store.copy_part(key, multipart_id, 1, source)
    store.delete(source.key)


@ANYWHERE
def test_objects_are_listed_by_prefix(store: Any, upload: str) -> None:
    assert store.list_objects(f"handover/{upload}/") == []
    for name in ("1/2", "1/10", "2/1"):
        posted(store, f"handover/{upload}/{name}", name.encode())
    posted(store, f"handover/{upload}0/1/1", b"somebody else's")
    found = {StoredKey(f"handover/{upload}/{name}", len(name)) for name in ("1/2", "1/10", "2/1")}
    assert set(store.list_objects(f"handover/{upload}/")) == found
    assert len(store.list_objects(f"handover/{upload}/1/")) == 2
    for item in found:
        store.delete(item.key)
    assert store.list_objects(f"handover/{upload}/") == []
    assert len(store.list_objects(f"handover/{upload}0/")) == 1


@ANYWHERE
def test_more_objects_than_a_page_holds(store: Any, upload: str) -> None:
    names = [f"handover/{upload}/1/{number}" for number in range(1, 1004)]
    for name in names:
        if isinstance(store, MemoryStore):
            store.objects[name] = (b"x", "")
        else:
            store._client.put_object(Bucket=store.bucket, Key=name, Body=b"x")
    assert sorted(item.key for item in store.list_objects(f"handover/{upload}/")) == sorted(names)


REDIRECT = "https://evil.example/"
CHANGED = {"success_action_status": "200", "key": "handover/other/1/1", "x-amz-date": "20200101T000000Z"}
ADDED = {"x-amz-meta-a": "b", "x-amz-storage-class": "GLACIER", "x-amz-website-redirect-location": REDIRECT}
"""Fields that the embedded store refuses."""
TAGGING = "<Tagging><TagSet><Tag><Key>smartupload-scan</Key><Value>clean</Value></Tag></TagSet></Tagging>"
IGNORED = {"tagging": TAGGING, "Content-Language": "de", "x": "y"}
"""Fields that it takes and should not: the rule of S3 is that the policy names all of them."""


def with_fields(form: Any, **fields: str) -> Any:
    return replace(form, fields={**form.fields, **fields})


@pytest.mark.parametrize("encryption", ["AES256", "aws:kms:some-key", "off"])
def test_the_policy_names_every_field_with_its_value(encryption: str) -> None:
    """Then a store that goes by the rules of S3 refuses a form with any other field, or another value."""
    store = s3_store("http://127.0.0.1:8333", encryption=encryption)
    form = store.sign_form("handover/x/1/1", 3, sha256(b"abc"), 60)
    policy = json.loads(base64.b64decode(form.fields["policy"]))
    length, *named = policy["conditions"]
    assert length == ["content-length-range", 3, 3]
    said = {name: value for one in named for name, value in one.items()}
    signing = {name: value for name, value in form.fields.items() if name not in ("policy", "x-amz-signature")}
    assert said == {**signing, "bucket": store.bucket}
    assert form.fields["success_action_status"] == "201"
    assert not {"acl", "success_action_redirect", "redirect", "tagging"} & set(said)


FIELDS = [{name: value} for name, value in {**CHANGED, **ADDED, **dict.fromkeys(forms.EMPTY, REDIRECT)}.items()]


@pytest.mark.parametrize("fields", FIELDS, ids=lambda fields: "".join(fields))
def test_fields_that_the_embedded_store_refuses(seaweed: Any, upload: str, fields: dict[str, str]) -> None:
    form = seaweed.sign_form(f"handover/{upload}/1/1", 3, sha256(b"abc"), 60)
    assert post(seaweed, with_fields(form, **fields), b"abc") == 403
    assert seaweed.list_objects(f"handover/{upload}/") == []


def test_fields_that_the_embedded_store_takes_open_nothing(seaweed: Any, upload: str) -> None:
    key, part = f"uploads/{upload}/1", f"handover/{upload}/1/1"
    form = with_fields(seaweed.sign_form(part, 3, sha256(b"abc"), 60), **IGNORED)
    assert post(seaweed, form, b"abc") == 201
    assert httpx.get(f"{seaweed.endpoint_url}/{seaweed.bucket}/{part}").status_code == 403, (
        "it is nobody else's to read"
    )
    multipart_id = seaweed.open_multipart(key, "text/plain", 1)
    copied = seaweed.copy_part(key, multipart_id, 1, StoredKey(part, 3))
    seaweed.complete_multipart(key, multipart_id, [FinishedPart(1, copied.etag, sha256(b"abc"))])
    for name in (part, key):
        tags = seaweed._client.get_object_tagging(Bucket=seaweed.bucket, Key=name)["TagSet"]
        assert tags == [], "nobody says that it was scanned"
        seaweed.delete(name)


def test_a_store_that_looks_at_no_policy(moto: Any, upload: str) -> None:
    """So what a form may be used for is the store's to say: before such a one nothing of this holds."""
    form = moto.sign_form(f"handover/{upload}/1/1", 3, sha256(b"abc"), 60)
    assert post(moto, with_fields(form, success_action_status="200", **ADDED), b"abc") == 200


def test_a_form_expires(seaweed: Any, upload: str) -> None:
    form = seaweed.sign_form(f"handover/{upload}/1/1", 3, sha256(b"abc"), 1)
    for _ in range(1000):
        if post(seaweed, form, b"abc") == 403:
            return
    pytest.fail("still good after a thousand requests")


def test_a_page_may_post_and_read_the_answer(seaweed: Any, upload: str) -> None:
    form = seaweed.sign_form(f"handover/{upload}/1/1", 3, sha256(b"abc"), 60)
    origin = {"Origin": "http://localhost:3000"}
    answer = httpx.post(form.url, data=dict(form.fields), files={"file": b"abc"}, headers=origin)
    assert answer.status_code == 201
    assert answer.headers["access-control-allow-origin"] == origin["Origin"]


def test_browsers_may_be_given_another_address() -> None:
    store = s3_store("http://10.0.0.1:8333", public_endpoint_urls=("https://files.example.org",))
    form = store.sign_form("handover/x/1/1", 3, sha256(b"abc"), 60)
    assert form.url == "https://files.example.org/smartupload"
    assert form.fields["key"] == "handover/x/1/1"


@pytest.mark.parametrize(
    ("endpoint", "takes"),
    [
        ("https://0123abcd.r2.cloudflarestorage.com", False),
        ("https://0123abcd.eu.r2.cloudflarestorage.com/", False),
        ("https://s3.eu-central-1.amazonaws.com", True),
        ("http://127.0.0.1:8333", True),
    ],
)
def test_which_stores_take_forms(endpoint: str, takes: bool) -> None:
    assert s3_store(endpoint).takes_forms is takes
