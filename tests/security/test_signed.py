"""What a signed address, or a form, can be used for: those bytes of that part, while the upload is on its way, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx
import pytest

from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.fixtures_store import noise, sha256

Put = tuple[str, str, dict[str, str], bytes]
"""Method, address, headers, body."""


def changed(url: str, path: Callable[[str], str] = str, /, **query: str) -> str:
    """The address with another path, or other members."""
    parts = urlsplit(url)
    members = dict(parse_qsl(parts.query)) | query
    return urlunsplit(parts._replace(path=path(parts.path), query=urlencode(members)))


def other(body: bytes) -> bytes:
    """Other bytes, as many."""
    return bytes([body[0] ^ 1]) + body[1:]


MISUSES: dict[str, Callable[[str, dict[str, str], bytes], Put]] = {
    "other bytes": lambda url, headers, body: ("PUT", url, headers, other(body)),
    "other bytes with their own digest": lambda url, headers, body: (
        "PUT",
        url,
        headers | {"x-amz-checksum-sha256": sha256(other(body))},
        other(body),
    ),
    "one byte less": lambda url, headers, body: ("PUT", url, headers, body[:-1]),
    "one byte more": lambda url, headers, body: ("PUT", url, headers, body + b"x"),
    "nothing": lambda url, headers, body: ("PUT", url, headers, b""),
    "without its digest": lambda url, headers, body: ("PUT", url, {}, body),
    "another part": lambda url, headers, body: ("PUT", changed(url, partNumber="1"), headers, body),
    "another multipart upload": lambda url, headers, body: ("PUT", changed(url, uploadId="x" * 32), headers, body),
    "another key": lambda url, headers, body: ("PUT", changed(url, lambda path: path[:-1] + "x"), headers, body),
    "a key above": lambda url, headers, body: ("PUT", changed(url, lambda path: path + "/../../x"), headers, body),
    "for ever": lambda url, headers, body: ("PUT", changed(url, **{"X-Amz-Expires": "604800"}), headers, body),
    "yesterday": lambda url, headers, body: ("PUT", changed(url, **{"X-Amz-Date": "20200101T000000Z"}), headers, body),
    "reading": lambda url, headers, body: ("GET", url, {}, b""),
    "deleting": lambda url, headers, body: ("DELETE", url, {}, b""),
    "unsigned": lambda url, headers, body: ("PUT", url.partition("?")[0], headers, body),
    "another signature": lambda url, headers, body: (
        "PUT",
        changed(url, **{"X-Amz-Signature": "0" * 64}),
        headers,
        body,
    ),
}


@pytest.mark.parametrize("misuse", MISUSES.values(), ids=MISUSES)
def test_a_signed_part(
    anna: Browser, upload: dict[str, Any], misuse: Callable[[str, dict[str, str], bytes], Put]
) -> None:
    bodies = anna.cut(upload)
    (part,) = anna.signs(upload, bodies, [2]).json()["parts"]
    method, url, headers, body = misuse(part["url"], part["headers"], bodies[1])
    answer = httpx.request(method, url, headers=headers, content=body, timeout=30)
    assert answer.status_code >= 400, answer.text
    assert [one["number"] for one in anna.get(f"/api/uploads/{upload['id']}").json()["confirmed"]] == [1]
    is_problem(anna.completes(upload), 409, "parts_missing")


def test_it_writes_nothing_once_it_is_cancelled(anna: Browser, upload: dict[str, Any]) -> None:
    bodies = anna.cut(upload)
    (part,) = anna.signs(upload, bodies, [2]).json()["parts"]
    assert anna.delete(f"/api/uploads/{upload['id']}").status_code == 204
    answer = httpx.put(part["url"], headers=part["headers"], content=bodies[1], timeout=30)
    assert answer.status_code == 404
    is_problem(anna.signs(upload, bodies, [2]), 409, "upload_not_open")


def test_it_changes_nothing_once_the_file_is_there(anna: Browser, upload: dict[str, Any]) -> None:
    bodies = anna.cut(upload)
    (part,) = anna.signs(upload, bodies, [2]).json()["parts"]
    assert httpx.put(part["url"], headers=part["headers"], content=bodies[1], timeout=30).status_code == 200
    assert anna.completes(upload).json()["state"] == "ready"
    assert httpx.put(part["url"], headers=part["headers"], content=bodies[1], timeout=30).status_code == 404
    is_problem(anna.signs(upload, [other(bodies[0]), bodies[1]], [1]), 409, "upload_not_open")
    place = anna.get(f"/api/uploads/{upload['id']}/download").headers["location"]
    assert httpx.get(place, timeout=30).content == b"".join(bodies)


def test_the_one_put_of_a_small_file_changes_nothing_afterwards(anna: Browser) -> None:
    upload = anna.creates("small.bin", 1000).json()
    (body,) = anna.cut(upload)
    (part,) = anna.signs(upload, [body]).json()["parts"]
    for _ in range(2):
        httpx.put(part["url"], headers=part["headers"], content=body, timeout=30)
    assert anna.completes(upload).json()["state"] == "ready"
    assert httpx.put(part["url"], headers=part["headers"], content=other(body), timeout=30).status_code >= 400
    place = anna.get(f"/api/uploads/{upload['id']}/download").headers["location"]
    assert httpx.get(place, timeout=30).content == body


FORMS: dict[str, Callable[[dict[str, str], bytes], tuple[dict[str, str], bytes]]] = {
    "other bytes": lambda fields, body: (fields, other(body)),
    "more bytes": lambda fields, body: (fields, body + b"x"),
    "fewer bytes": lambda fields, body: (fields, body[:-1]),
    "another key": lambda fields, body: (fields | {"key": fields["key"] + "x"}, body),
    "another digest": lambda fields, body: (fields | {"x-amz-checksum-sha256": sha256(other(body))}, other(body)),
    "no policy": lambda fields, body: ({name: value for name, value in fields.items() if name != "policy"}, body),
    "another signature": lambda fields, body: (fields | {"x-amz-signature": "0" * 64}, body),
}


@pytest.mark.parametrize("misuse", FORMS.values(), ids=FORMS)
def test_a_signed_form(
    anna: Browser,
    upload: dict[str, Any],
    misuse: Callable[[dict[str, str], bytes], tuple[dict[str, str], bytes]],
) -> None:
    bodies = anna.cut(upload)
    (form,) = anna.hands_over(upload, bodies, [2]).json()["parts"]
    fields, body = misuse(form["fields"], bodies[1])
    answer = httpx.post(form["url"], data=fields, files={"file": ("blob", body)}, timeout=30)
    assert answer.status_code >= 400
    assert [one["number"] for one in anna.get(f"/api/uploads/{upload['id']}").json()["confirmed"]] == [1]


@pytest.mark.parametrize("misuse", FORMS.values(), ids=FORMS)
def test_the_form_of_a_small_file(
    anna: Browser, misuse: Callable[[dict[str, str], bytes], tuple[dict[str, str], bytes]]
) -> None:
    upload = anna.creates("small.bin", 1000).json()
    (body,) = anna.cut(upload)
    (part,) = anna.signs(upload, [body]).json()["parts"]
    fields, sent = misuse(part["form"]["fields"], body)
    answer = httpx.post(part["form"]["url"], data=fields, files={"file": ("f", sent)}, timeout=30)
    assert answer.status_code >= 400
    assert anna.get(f"/api/uploads/{upload['id']}").json()["confirmed"] == []
    is_problem(anna.completes(upload), 409, "parts_missing")


CLAIMS: dict[str, tuple[dict[str, Any], str]] = {
    "parts of one byte": ({"number": 1, "size": 1, "sha256": sha256(b"x")}, "part_size_mismatch"),
    "a last part that is too large": ({"number": 2, "size": 8 * 2**20, "sha256": sha256(b"x")}, "part_size_mismatch"),
    "part 0": ({"number": 0, "size": 8 * 2**20, "sha256": sha256(b"x")}, "part_out_of_range"),
    "part -1": ({"number": -1, "size": 8 * 2**20, "sha256": sha256(b"x")}, "part_out_of_range"),
    "part 3 of 2": ({"number": 3, "size": 1, "sha256": sha256(b"x")}, "part_out_of_range"),
    "part 10001": ({"number": 10_001, "size": 1, "sha256": sha256(b"x")}, "part_out_of_range"),
    "a number that no database has": ({"number": 2**70, "size": 1, "sha256": sha256(b"x")}, "part_out_of_range"),
    "no digest": ({"number": 2, "size": 611_392, "sha256": ""}, "invalid_request"),
    "a digest of something else": ({"number": 2, "size": 611_392, "sha256": "x" * 44}, "invalid_request"),
    "a digest with a header in it": ({"number": 2, "size": 611_392, "sha256": "a\r\nx-evil: 1"}, "invalid_request"),
}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_what_is_not_signed(anna: Browser, upload: dict[str, Any], claim: tuple[dict[str, Any], str]) -> None:
    part, code = claim
    is_problem(anna.post(f"/api/uploads/{upload['id']}/parts", json={"parts": [part]}), 422, code)


def test_a_file_of_a_thousand_parts_of_one_byte_cannot_be_made(anna: Browser, upload: dict[str, Any]) -> None:
    parts = [{"number": number, "size": 1, "sha256": sha256(noise(1, number))} for number in range(1, 102)]
    is_problem(anna.post(f"/api/uploads/{upload['id']}/parts", json={"parts": parts}), 422, "invalid_request")
    assert upload["part_size"] >= 5 * 2**20


def test_nothing_gives_out_what_is_not_ready(site: Site, anna: Browser, upload: dict[str, Any]) -> None:
    visitor = site.browser()
    for browser, base in ((anna, f"/api/uploads/{upload['id']}"), (visitor, f"/api/shared/{upload['share_token']}")):
        for what in ("download", "preview"):
            is_problem(browser.get(f"{base}/{what}"), 409, "not_ready")
