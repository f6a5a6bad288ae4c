"""What answers mean: the same as in the browser's engine, and what of them is relied on."""

from __future__ import annotations

import hashlib

import pytest

from smartupload.client.core.answers import PutAnswer, composite, digest, grants_of, meaning_of, upload_of
from tests import fixtures_store

SHA = digest(b"x")


def error(code: str) -> str:
    return f"<?xml version='1.0'?><Error><Code>{code}</Code></Error>"


@pytest.mark.parametrize(
    ("status", "etag", "checksum", "body", "meaning"),
    [
        (200, '"e"', SHA, "", "confirmed"),
        (200, '"e"', "", "", "confirmed"),
        (200, '"e"', digest(b"y"), "", "portal"),
        (200, "", "", "<!doctype html>", "portal"),
        (204, '"e"', "", "", "portal"),
        (400, "", "", error("BadDigest"), "damaged"),
        (400, "", "", error("XAmzContentChecksumMismatch"), "damaged"),
        (400, "", "", error("RequestTimeout"), "wait"),
        (503, "", "", error("SlowDown"), "wait"),
        (500, "", "", "", "wait"),
        (429, "", "", "", "wait"),
        (511, "", "", "<html>", "portal"),
        (403, "", "", error("AccessDenied"), "sign"),
        (404, "", "", error("NoSuchUpload"), "sign"),
        (403, "", "", "<html>", "portal"),
    ],
)
def test_what_the_store_says_of_a_part(status: int, etag: str, checksum: str, body: str, meaning: str) -> None:
    assert meaning_of(PutAnswer(status, etag, checksum, body), SHA) == meaning


UPLOAD = {
    "id": "1",
    "name": "a",
    "size": 20,
    "type": "t",
    "state": "uploading",
    "part_size": 10,
    "epoch": 1,
    "share_url": "u",
    "scan": "",
    "checksum": None,
    "versions": [],
    "error": None,
}


def test_a_part_counts_for_the_version_that_vouches_for_it() -> None:
    parts = [{"number": 1, "versions": ["a", "b"]}, {"number": 2, "versions": ["b"]}]
    upload = upload_of({**UPLOAD, "confirmed": parts, "more": "than is known"})
    assert upload.confirmed_of("a") == {1}
    assert upload.confirmed_of("b") == {1, 2}
    assert upload.confirmed_of("") == set()


def test_an_answer_without_a_member_is_none() -> None:
    with pytest.raises(KeyError):
        upload_of({name: value for name, value in UPLOAD.items() if name != "epoch"})


def test_what_is_signed() -> None:
    signed = {"number": 2, "url": "a", "others": ["b"], "headers": {"h": "1"}, "expires_in": 60}
    epoch, grants = grants_of({"epoch": 3, "parts": [{"number": 1, "confirmed": True}, signed]})
    assert (epoch, grants[1].is_confirmed, grants[1].epoch) == (3, True, 3)
    assert (grants[2].is_confirmed, grants[2].urls, grants[2].headers) == (False, ("a", "b"), {"h": "1"})
    assert grants_of({"epoch": 4, "parts": []}) == (4, {})


def test_digests_are_those_of_the_server() -> None:
    assert digest(b"abc") == fixtures_store.sha256(b"abc")
    bodies = [b"one", b"two"]
    assert composite(hashlib.sha256(body).digest() for body in bodies) == fixtures_store.composite(bodies)
