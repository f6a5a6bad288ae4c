"""Tricks in names, and files that are two things at once: what is shown, saved and served cannot be run, and lies where it should."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest
from sqlmodel import select

from smartupload.models import Upload
from smartupload.service.presentation.views import view
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.fixtures_store import sha256

NAMES = {
    "up": "../../../etc/passwd",
    "up, as on Windows": "..\\..\\windows\\system32\\a.txt",
    "up, encoded": "%2e%2e%2f%2e%2e%2fa.txt",
    "absolute": "/etc/cron.d/evil",
    "a drive": "C:\\evil.txt",
    "a header": 'a.txt"\r\nContent-Type: text/html\r\n\r\n<script>',
    "quotes": 'a";filename="evil.html',
    "markup": "<script>alert(1)</script>.txt",
    "markup in an attribute": '" onmouseover="alert(1)" x=".txt',
    "a title that ends": "</title><script>alert(1)</script>.txt",
    "backwards": "invoice\u202efdp.exe.txt",
    "hidden": "a\u200b\u2060\ufeff.txt",
    "a null": "a.txt\0.exe",
    "a device": "CON.txt",
    "an escape of a terminal": "\x1b]0;evil\x07a.txt",
    "a template": "{{7*7}}${7*7}#{7*7}.txt",
    "long": "a" * 4000 + ".txt",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names(site: Site, anna: Browser, name: str) -> None:
    upload = anna.uploads(name, 100)
    shown = upload["name"]
    assert not set(shown) & set("/\\\0\r\n\x1b\x07\u202e\u200b\u2060\ufeff")
    assert len(shown.encode()) <= 255
    with site.context.db.read() as session:
        row = session.exec(select(Upload)).one()
        assert row.key.startswith(f"uploads/{upload['id']}/")
        assert shown[:10] not in row.key, "where it lies says nothing of what it is called"
        assert ".." not in row.key
        assert view(site.context, row).name == shown
    page = site.browser().get(f"/f/{upload['share_token']}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert 'x=".txt' not in page.text
    place = anna.get(f"/api/uploads/{upload['id']}/download").headers["location"]
    answer = httpx.get(place, timeout=30)
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename=")
    assert disposition.count('"') == 2
    assert answer.headers["content-type"] in ("text/plain", "application/octet-stream")


@pytest.mark.parametrize("name", ["", ".", "..", "/", "\\", " . ", "\u202e", "\0", "../"])
def test_names_of_which_nothing_is_left(anna: Browser, name: str) -> None:
    is_problem(anna.creates(name), 422, "bad_name")


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SCRIPT = b"<script>alert(document.domain)</script>"
HUGE = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    + b"\xff\xc0\x00\x11\x08"
    + (60_000).to_bytes(2, "big") * 2
    + b"\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xd9"
)
"""A JPEG that says it is 60,000 pixels wide and high: nobody here makes a picture of it."""
HARMLESS = ("application/octet-stream", "text/plain", "image/png", "image/gif", "image/jpeg", "application/pdf")
POLYGLOTS: dict[str, tuple[str, str, bytes, str]] = {
    "a picture that is a page": ("a.png", "image/png", PNG + SCRIPT, "image/png"),
    "a picture by its name alone": ("a.png", "image/png", SCRIPT, "image/png"),
    # Its script begins where a GIF says its size: 318 megapixels.
    "a GIF that is a script": ("a.gif", "image/gif", b"GIF89a/*" + SCRIPT + b"*/=1;alert(1)", ""),
    "a PDF that is a page": ("a.pdf", "application/pdf", b"%PDF-1.4\n" + SCRIPT + b"\n%%EOF", "application/pdf"),
    "a PDF behind a page": ("a.pdf", "application/pdf", SCRIPT + b"\n%PDF-1.4\n%%EOF", "application/pdf"),
    "a picture of 60,000 by 60,000": ("a.jpg", "image/jpeg", HUGE, ""),
    "a page": ("a.html", "text/html", b"<!doctype html>" + SCRIPT, ""),
    "a page by another type": ("a.xhtml", "application/xhtml+xml", b"<html xmlns='http://www.w3.org/1999/xhtml'>", ""),
    "a picture that runs": ("a.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT, ""),
    "a script": ("a.js", "text/javascript", b"alert(1)", ""),
    "a module": ("a.mjs", "application/javascript", b"alert(1)", ""),
    "a style sheet of XML": ("a.xsl", "text/xsl", b"<?xml version='1.0'?>", ""),
    "sound that is XML": ("a.xspf", "audio/x+xml", b"<x/>", ""),
    "a type with another one in it": ("a.bin", "image/png,text/html", SCRIPT, ""),
    "a text that is a page": ("a.txt", "text/plain", SCRIPT, ""),
}


@pytest.mark.parametrize("given", POLYGLOTS.values(), ids=POLYGLOTS)
def test_what_is_two_things_at_once(site: Site, anna: Browser, given: tuple[str, str, bytes, str]) -> None:
    name, kind, body, shown_as = given
    upload = anna.creates(name, len(body), type=kind).json()
    (part,) = anna.post(
        f"/api/uploads/{upload['id']}/parts", json={"parts": [{"number": 1, "size": len(body), "sha256": sha256(body)}]}
    ).json()["parts"]
    httpx.put(part["url"], content=body, headers=part["headers"], timeout=30)
    done: dict[str, Any] = anna.completes(upload).json()
    assert done["state"] in ("ready", "blocked")
    visitor, shared = site.browser(), f"/api/shared/{upload['share_token']}"
    preview = visitor.get(f"{shared}/preview")
    if done["state"] == "blocked" or not shown_as:
        assert preview.status_code in (404, 409)
        assert preview.json()["code"] in ("no_preview", "not_ready")
    else:
        answer = httpx.get(preview.headers["location"], timeout=30)
        assert answer.headers["content-type"] == shown_as
    if done["state"] == "ready":
        answer = httpx.get(visitor.get(f"{shared}/download").headers["location"], timeout=30)
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["content-type"] in HARMLESS
