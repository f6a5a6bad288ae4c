"""Whatever a program sends, it is told what is wrong with it: nothing of it is a fault of the server."""

from __future__ import annotations

import base64
import itertools
import json
from typing import Any

import pytest

from tests.api.conftest import Browser, Site

TEXTS = [
    "é", "\0", "\ud800", "a" * 5000, "🦄", "%00", "../..", "-1", "1e400", "NaN", "٣", " ", "=?utf-8?q?a?=",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z", "2026-02-30T00:00:00Z",
    "2026-01-01T00:00:00", "0000-00-00T00:00:00Z", "10000-01-01T00:00:00Z", "253402300800",
    "-62135596801", "1" * 4000,
]  # fmt: skip
VALUES: list[Any] = [
    *TEXTS,
    None,
    True,
    0,
    -1,
    1,
    2**31,
    2**53,
    2**63,
    2**64,
    10**400,
    1.5,
    -0.0,
    [],
    {},
    [[]],
    [None],
    {"a": {}},
    [{}],
]
MOMENTS = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00-00:01", "9999-12-31T23:59:59+00:01", "2026-01-01T00:00:00"]  # fmt: skip


@pytest.fixture
def known(browser: Browser) -> dict[str, str]:
    """Two uploads of the caller: one on its way, one that is ready."""
    ready = browser.uploads("ready.txt", 10)
    going = browser.creates("going.bin", 1000).json()
    return {"ready": ready["id"], "going": going["id"], "token": going["share_token"], "done": ready["share_token"]}


def sound(answer: Any, asked: Any) -> None:
    assert answer.status_code < 500, f"{asked!r:.300} → {answer.status_code} {answer.text[:300]}"
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", asked


BODIES: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/api/uploads", {"name": "a", "size": 10, "type": "a/b", "last_modified": None, "head": "", "line_rate": None, "metadata": {"a": "b"}, "uploader": ""}),
    ("POST", "/api/uploads/{going}/parts", {"parts": [{"number": 1, "size": 1000, "sha256": base64.b64encode(bytes(32)).decode()}], "version": "v", "epoch": 1, "replace": False}),
    ("POST", "/api/uploads/{going}/handover", {"parts": [{"number": 1, "size": 1000, "sha256": base64.b64encode(bytes(32)).decode()}], "version": "v", "epoch": 1}),
    ("POST", "/api/uploads/{going}/claim", {"key": "k"}),
    ("PUT", "/api/uploads/{going}/link", {"revoked": False, "until": None, "downloads_left": None}),
    ("PUT", "/api/notifications", {"email": None, "mails": None, "pushes": None}),
    ("POST", "/api/push-subscriptions", {"endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": "a", "auth": "b"}}),
    ("DELETE", "/api/push-subscriptions", {"endpoint": "https://fcm.googleapis.com/x"}),
    ("POST", "/api/batch/create", {"files": [{"name": "a", "size": 10, "key": "k", "head": "", "last_modified": None}]}),
    ("POST", "/api/batch/sign", {"uploads": [{"id": "x", "parts": [{"number": 1, "size": 1, "sha256": ""}]}]}),
    ("POST", "/api/batch/complete", {"ids": ["x"]}),
    ("POST", "/api/batch/cancel", {"ids": ["x"]}),
]  # fmt: skip


def variants(body: Any) -> Any:
    """The body with each hostile value in the place of each of its members, at every depth."""
    yield from VALUES
    if isinstance(body, dict):
        for name, value in body.items():
            for other in variants(value):
                yield {**body, name: other}
        for text in TEXTS[:6]:
            yield {**body, text: 1}
    if isinstance(body, list) and body:
        for other in variants(body[0]):
            yield [other]


@pytest.mark.parametrize(("method", "path", "body"), BODIES, ids=[f"{one[0]} {one[1]}" for one in BODIES])
def test_bodies(browser: Browser, known: dict[str, str], method: str, path: str, body: dict[str, Any]) -> None:
    for number, other in enumerate(variants(body)):
        headers = {"Idempotency-Key": f"hostile {number}", "Content-Type": "application/json"}
        content = json.dumps(other).encode()
        sound(browser.request(method, path.format(**known), content=content, headers=headers), other)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'"' + b"a" * 200_000, b"nul", b'{"a":1,"a":2}', b"1e999999"]
)
@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "", "multipart/form-data", "application/json; charset=utf-16"]
)
def test_what_is_no_json(browser: Browser, known: dict[str, str], content: bytes, kind: str) -> None:
    for method, path, _ in BODIES:
        headers = {"Idempotency-Key": "no json", "Content-Type": kind}
        sound(browser.request(method, path.format(**known), content=content, headers=headers), (path, content[:20]))


QUERIES = [
    "/api/uploads?cursor={}", "/api/uploads?limit={}", "/api/admin/events?after={}", "/api/admin/deliveries?after={}",
    "/api/admin/deliveries?state={}", "/api/notifications/confirm?c={}&s={}", "/api/notifications/stop?c={}&s={}", "/api/uploads/{}", "/api/shared/{}",
    "/api/shared/{}/download", "/api/shared/{}/preview", "/api/shared/{}/watch", "/api/uploads/{}/link", "/f/{}", "/api/{}", "/{}",
]  # fmt: skip


def cursors() -> list[str]:
    parts = itertools.product([*MOMENTS, "x", ""], ["abc", "\0", "", "é"])
    return [base64.urlsafe_b64encode(f"{moment} {upload}".encode()).decode().rstrip("=") for moment, upload in parts]


@pytest.mark.parametrize("address", QUERIES)
def test_addresses(make_site: Any, address: str) -> None:
    from urllib.parse import quote

    site: Site = make_site(webhook_url="http://127.0.0.1:9/", webhook_secret="a" * 30)
    browser = site.browser(Authorization="Bearer " + "a" * 30)
    for text in [*TEXTS, *cursors()]:
        encoded = quote(text.encode("utf-8", "surrogatepass")[:3000], safe="")
        answer = browser.get(address.replace("{}", encoded))
        assert answer.status_code < 500, (address, text[:50], answer.text[:300])
    for raw in ("%ff%fe", "%", "%zz", "a;b", "%c3%28"):
        assert browser.get(address.replace("{}", raw)).status_code < 500, (address, raw)


@pytest.mark.parametrize("name", ["Idempotency-Key", "Last-Event-ID", "Authorization", "Cookie", "Accept", "Content-Type", "Range", "If-None-Match", "Origin", "Host", "X-Forwarded-Host", "Sec-Fetch-Site"])  # fmt: skip
def test_headers(browser: Browser, known: dict[str, str], name: str) -> None:
    for value in (
        b"\xff",
        b"\xc3\xa9",
        b"a" * 3000,
        b"",
        b"=",
        b";;;,",
        b"\t",
        b"bytes=0-1",
        b"smartupload_owner=\xff",
    ):
        for method, path in (("POST", "/api/uploads"), ("GET", "/api/uploads"), ("GET", "/api/admin/events"), ("GET", f"/f/{known['token']}"), ("GET", f"/api/shared/{known['done']}/download")):  # fmt: skip
            headers: Any = [(name.encode(), value)]
            answer = browser.request(method, path, headers=headers)
            assert answer.status_code < 500, (path, name, value, answer.text[:300])


@pytest.mark.parametrize("moment", MOMENTS)
def test_moments_at_the_ends_of_the_calendar(browser: Browser, known: dict[str, str], moment: str) -> None:
    begun = browser.creates(last_modified=moment)
    assert begun.status_code in (201, 422)
    assert browser.get("/api/uploads").status_code == 200
    address = f"/api/uploads/{known['ready']}/link"
    limited = browser.put(address, json={"until": moment})
    assert limited.status_code in (200, 422)
    for path in (address, f"/f/{known['done']}", f"/api/shared/{known['done']}"):
        assert browser.get(path).status_code in (200, 410, 404)
