"""What the kit asks of a site: by the login and the owner's cookies, and nothing of them goes to where the file lies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from smartupload_testing.scene import clean, there
from smartupload_testing.site import Site

LOGIN = ("a b", "p:w")
BYTES = b"the file" * 1000


class App(BaseHTTPRequestHandler):
    """A site with a login, five uploads on pages of two, and a store under another name."""

    server: Served  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/store/film":
            return self.answer(200, BYTES)
        if path in ("/login", "/page"):
            return self.answer(200, {}, cookie="owner=me" if path == "/login" else "")
        is_let_in = self.headers["Authorization"] == "Basic YSBiOnA6dw=="
        if self.server.asks_by == "page":
            is_let_in = self.headers["Cookie"] == "owner=me"
        if not is_let_in:
            return self.answer(401)
        if path == "/" and self.server.has_pages:
            return self.answer(200, b"<!doctype html>", kind="text/html; charset=utf-8")
        if path == "/api/client-settings":
            return self.answer(200, {"part_size": 1})
        if path.endswith("/download"):
            return self.answer(302, location=f"http://localhost:{self.server.server_port}/store/film")
        if path == "/api/uploads/u1":
            return self.answer(200, {"confirmed": [{"size": 5}, {"size": 7}]})
        if path == "/api/uploads":
            at = int(query.partition("cursor=")[2] or 0)
            mine = self.server.uploads if self.headers["Cookie"] == "owner=me" else []
            more = str(at + 2) if at + 2 < len(mine) else None
            return self.answer(200, {"uploads": mine[at : at + 2], "next_cursor": more})
        return self.answer(404)

    def do_DELETE(self) -> None:
        upload = self.path.rpartition("/")[2]
        for one in self.server.uploads:
            if one["id"] == upload and not self.server.is_stubborn:
                one["state"] = "cancelled"
        self.answer(204 if any(one["id"] == upload for one in self.server.uploads) else 404)

    def answer(self, status: int, body: Any = b"", location: str = "", cookie: str = "", kind: str = "") -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.server.asked.append((self.path, self.headers["Authorization"], self.headers["Cookie"]))
        self.send_response(status)
        self.send_header(
            "Content-Type", kind or ("application/octet-stream" if isinstance(body, bytes) else "application/json")
        )
        self.send_header("Content-Length", str(len(data)))
        if location:
            self.send_header("Location", location)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        del format, args


class Served(ThreadingHTTPServer):
    is_stubborn = False
    has_pages = True
    asks_by = "login of HTTP"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), App)
        self.asked: list[tuple[str, str | None, str | None]] = []
        names = ["qa-1-a-1.bin", "mine.bin", "qa-1-b-1.bin", "qa-2-a-1.bin", "qa-1-a-2.bin"]
        states = ["uploading", "ready", "ready", "uploading", "expired"]
        self.uploads = [
            {"id": f"u{number}", "name": name, "state": state}
            for number, (name, state) in enumerate(zip(names, states, strict=True), 1)
        ]


@pytest.fixture
def served() -> Iterator[Served]:
    one = Served()
    Thread(target=one.serve_forever, daemon=True).start()
    yield one
    one.shutdown()


@pytest.fixture
def site(served: Served) -> Site:
    return Site(f"http://127.0.0.1:{served.server_port}", LOGIN)


ME = {"owner": "me"}


def test_it_says_in_a_sentence_what_is_wrong(site: Site, served: Served) -> None:
    assert site.answers() == ""
    assert Site(site.url).answers() == f"{site.url} wants a login: LOGIN=user:password"
    assert Site(site.url, ("a", "b")).answers() == f"{site.url} wants another login: LOGIN=user:password"
    assert "cannot be reached" in Site("http://127.0.0.1:1").answers()
    served.has_pages = False
    assert (
        "serves no page, only the API. Wanted is the address of a site whose first page takes files" in site.answers()
    )
    served.has_pages = True
    other = Site(f"{site.url}/store/film?", LOGIN)
    assert "is it the address of a smartupload app?" in other.answers()


def test_the_login_is_typed_into_the_address_in_a_form_that_it_can_have() -> None:
    assert Site("https://a.example:8443", LOGIN).signed_in_url == "https://a%20b:p%3Aw@a.example:8443"
    assert Site("https://a.example").signed_in_url == "https://a.example"


def test_all_pages_are_read(site: Site) -> None:
    assert [one["id"] for one in site.uploads(ME)] == ["u1", "u2", "u3", "u4", "u5"]
    assert site.uploads({}) == []
    assert site.confirmed(ME, "u1") == 12


def test_the_store_is_told_neither_login_nor_owner(site: Site, served: Served) -> None:
    assert site.downloaded(ME, "u3") == (len(BYTES), hashlib.sha256(BYTES).hexdigest())
    assert served.asked[-1] == ("/store/film", None, None)


def test_only_what_a_run_has_sent_is_deleted(site: Site, served: Served) -> None:
    clean(site, [ME], "qa-1-")
    assert [one["state"] for one in served.uploads] == ["cancelled", "ready", "cancelled", "uploading", "expired"]
    assert there(site, ME, "qa-1-") == []
    site.delete(ME, "gone")


def test_what_is_left_behind_is_an_error(site: Site, served: Served) -> None:
    served.is_stubborn = True
    with pytest.raises(AssertionError, match=r"left behind at .*qa-1-a-1.bin.*qa-1-b-1.bin"):
        clean(site, [ME], "qa-1-")
