"""An upload over HTTP, byte for byte, with the real store."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from smartupload.api.readiness import Readiness
from tests.api.conftest import Browser, Site
from tests.fixtures_store import MIB, noise, s3_store, sha256

SIZE = 12 * MIB + 345


def is_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Whether an answer is the problem it should be; its members."""
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["status"]) == (status, code, status)
    assert problem["type"] == f"urn:smartupload:error:{code}"
    assert problem["title"]
    assert problem["detail"].endswith(".")
    return problem


def test_the_whole_way(browser: Browser) -> None:
    created = browser.creates("été 2026.mov", SIZE, type="video/quicktime", last_modified="2026-05-01T10:00:00+02:00")
    assert created.status_code == 201
    upload = created.json()
    assert set(upload) == {
        "id", "name", "size", "type", "last_modified", "state", "part_size", "part_count", "confirmed_bytes", "epoch",
        "created_at", "updated_at", "completed_at", "expires_at", "share_token", "share_url", "scan", "error",
        "checksum", "versions", "metadata", "uploader", "signed",
    }  # fmt: skip
    assert upload["last_modified"] == "2026-05-01T08:00:00Z"
    assert upload["state"] == "uploading"
    assert (upload["part_size"], upload["part_count"], upload["epoch"]) == (8 * MIB, 2, 1)
    assert datetime.fromisoformat(upload["created_at"]).tzinfo is not None

    bodies = browser.cut(upload)
    signed = browser.signs(upload, bodies).json()
    assert signed["epoch"] == 1
    assert [set(part) for part in signed["parts"]] == [{"number", "url", "headers", "expires_in"}] * 2
    assert signed["parts"][0]["headers"] == {"x-amz-checksum-sha256": sha256(bodies[0])}
    browser.sends(upload, bodies, [1])
    detail = browser.get(f"/api/uploads/{upload['id']}").json()
    assert detail["confirmed"] == [{"number": 1, "size": 8 * MIB, "sha256": sha256(bodies[0]), "versions": [""]}]
    assert detail["confirmed_bytes"] == 8 * MIB
    again = browser.signs(upload, bodies).json()["parts"]
    assert again[0] == {"number": 1, "confirmed": True}
    assert "url" in again[1]
    problem = is_problem(browser.completes(upload), 409, "parts_missing")
    assert (problem["missing"], problem["epoch"]) == ([2], 1)

    browser.sends(upload, bodies)
    done = browser.completes(upload).json()
    assert (done["state"], done["confirmed_bytes"]) == ("ready", SIZE)
    assert browser.completes(upload).json() == done
    assert browser.get("/api/uploads").json() == {"uploads": [done | {"tags": []}], "next_cursor": None}
    for address in (f"/api/uploads/{upload['id']}/download", f"/api/shared/{upload['share_token']}/download"):
        moved = browser.get(address)
        assert moved.status_code == 302
        assert moved.headers["cache-control"] == "no-store"
        file = httpx.get(moved.headers["location"])
        assert hashlib.sha256(file.content).digest() == hashlib.sha256(noise(SIZE)).digest()
        assert file.headers["content-disposition"] == (
            "attachment; filename=\"ete 2026.mov\"; filename*=UTF-8''%C3%A9t%C3%A9%202026.mov"
        )
        assert file.headers["content-type"] == "video/quicktime"


SAID = {"metadata": {"ticket": "42", "note": 'Über "alles" 😀'}, "uploader": "attachments"}


def said(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: answer[name] for name in SAID}


def test_what_is_said_of_a_file_is_seen_by_its_owner_alone(site: Site, browser: Browser) -> None:
    upload = browser.uploads(**SAID)
    (listed,) = browser.get("/api/uploads").json()["uploads"]
    (batched,) = browser.post("/api/batch/complete", json={"ids": [upload["id"]]}).json()["results"]
    for answer in (upload, listed, browser.get(f"/api/uploads/{upload['id']}").json(), batched["upload"]):
        assert said(answer) == SAID
    for visitor in (browser, site.browser()):
        shown = visitor.get(f"/api/shared/{upload['share_token']}").json()
        assert shown["state"] == "ready"
        assert not set(SAID) & set(shown)


def test_what_is_wrong_with_it_is_named_and_not_repeated(browser: Browser) -> None:
    long, secret = "n" * 5000, "s3cret"
    more: dict[str, Any] = {"metadata": {"a name": secret, long: secret}, "uploader": secret + " ", "metdata": secret}
    problem = is_problem(browser.creates(**more), 422, "invalid_request")
    assert [error["at"] for error in problem["errors"]] == [
        "body.metadata.a name.[key]",
        f"body.metadata.{long[:100]}.[key]",
        "body.uploader",
        "body.metdata",
    ]
    assert problem["detail"].startswith("“a name” is no name for a text that goes along with a file.")
    assert secret not in str(problem)
    assert browser.get("/api/uploads").json()["uploads"] == []


def test_the_same_key_with_something_else_said_is_the_same_upload(browser: Browser) -> None:
    first = browser.creates(key="one", **SAID).json()
    again = browser.creates(key="one", metadata={"ticket": "43"}, uploader="avatars")
    assert (again.status_code, again.json()) == (201, first)
    both = [{"key": "two", "name": "b.bin", "size": 1, "metadata": {"n": text}} for text in ("first", "second")]
    answers = browser.post("/api/batch/create", json={"files": both}).json()["results"]
    assert [answer["upload"]["metadata"] for answer in answers] == [{"n": "first"}] * 2


def test_a_disguise_is_refused_before_its_bytes_travel(make_site: Callable[..., Site]) -> None:
    browser = make_site(s3_store("http://127.0.0.1:9")).browser()  # nothing may be asked of the store
    head = bytearray(4096)
    head[:2], head[0x3C:0x40], head[0x80:0x84] = b"MZ", b"\x80\0\0\0", b"PE\0\0"
    answer = browser.creates("report.pdf", 5000, type="application/pdf", head=base64.b64encode(head).decode())
    assert is_problem(answer, 415, "type_mismatch")["detail"].startswith("This is a Windows program, though its name")
    assert browser.get("/api/uploads").json()["uploads"] == []


def test_bytes_that_were_not_signed_are_refused_by_the_store(browser: Browser) -> None:
    upload = browser.creates(size=1000).json()
    (body,) = browser.cut(upload)
    (part,) = browser.signs(upload, [body]).json()["parts"]
    flipped = bytes([body[0] ^ 1]) + body[1:]
    assert httpx.put(part["url"], content=flipped, headers=part["headers"]).status_code == 400
    assert httpx.put(part["url"], content=body[:-1], headers=part["headers"]).status_code == 403
    assert httpx.put(part["url"], content=body).status_code == 403
    assert is_problem(browser.completes(upload), 409, "parts_missing")["missing"] == [1]
    assert httpx.put(part["url"], content=body, headers=part["headers"]).status_code == 200
    assert browser.completes(upload).json()["state"] == "ready"


def test_another_owner_sees_nothing(site: Site, browser: Browser) -> None:
    upload = browser.uploads()
    other = site.browser()
    address = f"/api/uploads/{upload['id']}"
    for answer in (
        other.get(address),
        other.post(f"{address}/complete"),
        other.post(f"{address}/pause"),
        other.post(f"{address}/resume"),
        other.delete(address),
        other.get(f"{address}/download"),
        other.signs(upload, other.cut(upload)),
    ):
        is_problem(answer, 404, "upload_not_found")
    assert other.get("/api/uploads").json()["uploads"] == []
    assert browser.get(address).json()["state"] == "ready"


def test_a_browser_that_lost_its_cookie_takes_its_upload_along(site: Site, browser: Browser) -> None:
    upload = browser.creates("a.bin", 1000, key="only here").json()
    other = site.browser()
    address = f"/api/uploads/{upload['id']}"
    is_problem(other.post(f"{address}/claim", json={"key": "guessed"}), 404, "upload_not_found")
    is_problem(other.post(f"{address}/claim", json={}), 422, "invalid_request")
    answer = other.post(f"{address}/claim", json={"key": "only here"})
    assert (answer.status_code, answer.json()["share_token"]) == (200, upload["share_token"])
    assert other.get(address).status_code == 200
    is_problem(browser.get(address), 404, "upload_not_found")


def test_a_repeated_creation_is_the_same(browser: Browser) -> None:
    first = browser.creates("a.bin", 1000, key="one")
    again = browser.creates("a.bin", 1000, key="one")
    assert (again.status_code, again.json()) == (201, first.json())
    is_problem(browser.creates("b.bin", 1000, key="one"), 422, "idempotency_key_reused")
    is_problem(browser.post("/api/uploads", json={"name": "a", "size": 1}), 400, "idempotency_key_missing")


@pytest.mark.parametrize(
    ("settings", "file", "status", "code"),
    [
        ({}, {"name": "a", "size": 0}, 422, "empty_file"),
        ({}, {"name": "..", "size": 1}, 422, "bad_name"),
        ({"max_file_size": "1kB"}, {"name": "a", "size": 1001}, 413, "file_too_large"),
        ({}, {"name": "a", "size": 6 * 1024**4}, 413, "file_too_large"),
        ({"allowed_types": "image/*"}, {"name": "a.exe", "size": 1}, 415, "type_not_allowed"),
        ({"owner_quota": "1kB"}, {"name": "a", "size": 1001}, 403, "owner_quota_exceeded"),
        ({}, {"name": "a", "size": -1}, 422, "invalid_request"),
        ({}, {"name": "a", "size": "many"}, 422, "invalid_request"),
        ({}, {"name": "a", "size": 2**80}, 422, "invalid_request"),
        ({}, {"size": 1}, 422, "invalid_request"),
        ({}, {"name": "a" * 5000, "size": 1}, 422, "invalid_request"),
        ({}, {"name": "a", "size": 1, "last_modified": "yesterday"}, 422, "invalid_request"),
        ({}, {"name": "a", "size": 1, "last_modified": "9999-12-31T23:59:59-12:00"}, 422, "invalid_request"),
        ({}, {"name": "a", "size": 1, "last_modified": "0001-01-01T00:00:00+12:00"}, 422, "invalid_request"),
        ({}, {"name": "a", "size": 1, "head": "x" * 9000}, 422, "invalid_request"),
        ({}, {"name": "a", "size": 1, "head": "abcé"}, 422, "invalid_request"),
        ({}, {"name": "a", "size": 1, "line_rate": "fast"}, 422, "invalid_request"),
    ],
)
def test_files_that_are_not_taken(
    make_site: Callable[..., Site], settings: dict[str, str], file: dict[str, Any], status: int, code: str
) -> None:
    browser = make_site(**settings).browser()
    answer = browser.post("/api/uploads", json=file, headers={"Idempotency-Key": "k"})
    is_problem(answer, status, code)
    assert browser.get("/api/uploads").json()["uploads"] == []


@pytest.mark.parametrize(
    "modified", ["1601-01-01T00:00:00Z", "1969-12-31T23:00:00Z", "9999-12-31T23:59:59Z", "2026-01-01T00:00:00"]
)
def test_strange_file_dates_are_taken(browser: Browser, modified: str) -> None:
    created = browser.creates(last_modified=modified)
    assert created.status_code == 201
    assert datetime.fromisoformat(created.json()["last_modified"]).year == int(modified[:4])


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'{"name": "\\ud800", "size": 1}', b"\xff\xfe"])
def test_bodies_that_are_no_request(browser: Browser, raw: bytes) -> None:
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    answer = browser.post("/api/uploads", content=raw, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_bodies_that_are_too_large(browser: Browser) -> None:
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    huge = b'{"name": "' + b"a" * 300_000 + b'", "size": 1}'
    assert (
        "larger than"
        in is_problem(browser.post("/api/uploads", content=huge, headers=headers), 422, "invalid_request")["detail"]
    )
    pieces = (huge[at : at + 1000] for at in range(0, len(huge), 1000))
    is_problem(browser.post("/api/uploads", content=pieces, headers=headers), 422, "invalid_request")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([], "invalid_request"),
        ([{"number": 2, "size": 1000, "sha256": sha256(b"")}], "part_out_of_range"),
        ([{"number": 1, "size": 999, "sha256": sha256(b"")}], "part_size_mismatch"),
        ([{"number": 1, "size": 1000, "sha256": "abc"}], "invalid_request"),
        ([{"number": 1, "size": 1000}], "invalid_request"),
        ([{"number": 1, "size": 1000, "sha256": sha256(b"")}] * 2, "invalid_request"),
        ([{"number": number, "size": 1000, "sha256": sha256(b"")} for number in range(101)], "invalid_request"),
    ],
)
def test_parts_that_cannot_be(browser: Browser, parts: list[dict[str, Any]], code: str) -> None:
    upload = browser.creates(size=1000).json()
    is_problem(browser.post(f"/api/uploads/{upload['id']}/parts", json={"parts": parts}), 422, code)


def test_pausing_and_going_on(browser: Browser) -> None:
    upload = browser.creates(size=1000).json()
    bodies, address = browser.cut(upload), f"/api/uploads/{upload['id']}"
    assert browser.post(f"{address}/pause").json()["state"] == "paused"
    is_problem(browser.signs(upload, bodies), 409, "upload_paused")
    assert browser.post(f"{address}/resume").json()["state"] == "uploading"
    browser.sends(upload, bodies)
    assert browser.completes(upload).json()["state"] == "ready"


def test_cancelling(browser: Browser) -> None:
    upload = browser.creates(size=9 * MIB).json()
    bodies, address = browser.cut(upload), f"/api/uploads/{upload['id']}"
    part, _ = browser.signs(upload, bodies).json()["parts"]
    for _ in range(2):
        answer = browser.delete(address)
        assert (answer.status_code, answer.content) == (204, b"")
    is_problem(browser.signs(upload, bodies), 409, "upload_not_open")
    is_problem(browser.completes(upload), 409, "upload_not_open")
    is_problem(browser.post(f"{address}/resume"), 409, "upload_not_open")
    is_problem(browser.get(f"/api/shared/{upload['share_token']}"), 404, "file_not_found")
    assert browser.get("/api/uploads").json()["uploads"] == []
    assert browser.get(address).json()["state"] == "cancelled"
    late = httpx.put(part["url"], content=bodies[0], headers=part["headers"])
    assert late.status_code == 404, "an address signed before writes nothing any more"


def test_a_deleted_file_is_gone_from_the_store(browser: Browser) -> None:
    upload = browser.uploads()
    address = f"/api/uploads/{upload['id']}"
    signed = browser.get(f"{address}/download").headers["location"]
    assert httpx.get(signed).status_code == 200
    assert browser.delete(address).status_code == 204
    assert httpx.get(signed).status_code == 404
    is_problem(browser.get(f"{address}/download"), 404, "upload_not_found")


def test_the_list_has_pages(browser: Browser) -> None:
    made = [browser.creates(f"{number}.bin").json()["id"] for number in range(5)]
    seen: list[str] = []
    query = "?limit=2"
    while query:
        page = browser.get(f"/api/uploads{query}").json()
        seen += [upload["id"] for upload in page["uploads"]]
        query = page["next_cursor"] and f"?limit=2&cursor={page['next_cursor']}"
    assert seen == made[::-1]
    is_problem(browser.get("/api/uploads?cursor=nonsense"), 422, "invalid_request")
    is_problem(browser.get("/api/uploads?limit=0"), 422, "invalid_request")


def test_finishing_twice_at_once(browser: Browser) -> None:
    upload = browser.creates(size=SIZE).json()
    browser.sends(upload, browser.cut(upload))
    cookies = dict(browser.cookies)
    answers: list[httpx.Response] = []

    def finish() -> None:
        tab = Browser(browser.app, {})
        tab.cookies.update(cookies)
        answers.append(tab.completes(upload))

    tabs = [threading.Thread(target=finish) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert [answer.status_code for answer in answers] == [200] * 4
    assert {answer.json()["state"] for answer in answers} == {"ready"}
    file = httpx.get(browser.get(f"/api/uploads/{upload['id']}/download").headers["location"])
    assert file.content == noise(SIZE)


def test_a_multipart_upload_lost_by_the_store(site: Site, browser: Browser) -> None:
    upload = browser.creates(size=SIZE).json()
    bodies = browser.cut(upload)
    browser.sends(upload, bodies, [1])
    client = site.context.store._client  # pyright: ignore[reportAttributeAccessIssue]
    (lost,) = [
        found
        for found in client.list_multipart_uploads(Bucket="smartupload").get("Uploads", [])
        if found["Key"] == f"uploads/{upload['id']}/1"
    ]
    client.abort_multipart_upload(Bucket="smartupload", Key=lost["Key"], UploadId=lost["UploadId"])
    signed = browser.signs(upload, bodies).json()
    assert signed["epoch"] == 2
    assert all("url" in part for part in signed["parts"])
    browser.sends(upload, bodies)
    done = browser.completes(upload).json()
    assert (done["state"], done["epoch"]) == ("ready", 2)


def test_two_versions_of_a_part_never_make_a_mixed_file(browser: Browser) -> None:
    """The file changed on the disk: part 1 was sent of both versions, within one second."""
    upload = browser.creates(size=SIZE).json()
    old, new = browser.cut(upload, seed=1), browser.cut(upload, seed=2)
    browser.sends(upload, old, [1])
    browser.sends(upload, new)
    done = browser.completes(upload).json()
    assert (done["state"], done["epoch"]) == ("ready", 2)
    file = httpx.get(browser.get(f"/api/uploads/{upload['id']}/download").headers["location"])
    assert file.content == b"".join(new)


def test_a_store_that_is_down(site: Site, browser: Browser) -> None:
    upload = browser.creates(size=1000).json()
    bodies = browser.cut(upload)
    browser.sends(upload, bodies)
    working = site.context
    site.context = type(working)(
        working.settings, working.db, s3_store("http://127.0.0.1:9"), working.live, working.clock
    )
    for answer in (
        browser.creates(key="later"),
        browser.signs(upload, bodies),
        browser.completes(upload),
        browser.get(f"/api/uploads/{upload['id']}"),
    ):
        is_problem(answer, 503, "store_unavailable")
        assert int(answer.headers["retry-after"]) > 0
    assert browser.get("/api/uploads").status_code == 200
    ready = browser.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["checks"]["database"] == "ok"
    assert ready.json()["checks"]["store"] != "ok"
    assert browser.get("/healthz").status_code == 200
    site.context = working
    site.api.state.readiness = Readiness()
    working_checks = {"database": "ok", "store": "ok", "scanner": "off", "finishing": "ok"}
    assert browser.get("/readyz").json()["checks"] == working_checks
    assert browser.completes(upload).json()["state"] == "ready"
    assert browser.creates(key="later").status_code == 201
