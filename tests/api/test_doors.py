"""What the outside can make of the answers: no address of its own choice, no secret in a cache, nothing cut, nothing counted for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from smartupload.api import guard
from smartupload.api.addresses import Beside
from smartupload.api.app import layers
from smartupload.api.headers import StandardHeaders
from smartupload.errors import CrossSite
from tests.api.conftest import SITE, Browser, Site
from tests.api.test_uploads import is_problem


@pytest.mark.parametrize("host", ["evil.example", "localhost:3000", "x:y"])
def test_nobody_is_led_where_the_host_header_says(site: Site, tmp_path: Any, host: str) -> None:
    (tmp_path / "pages" / "files").mkdir(parents=True)
    (tmp_path / "pages" / "files" / "index.html").write_text("files")
    app = Beside(site.app, StandardHeaders(StaticFiles(directory=tmp_path / "pages", html=True)))
    client = TestClient(app, base_url=SITE, follow_redirects=False, raise_server_exceptions=False)
    for path in ("/files", "/files?a=b", "/api/uploads/", "/healthz/", "/api/notifications/"):
        answer = client.get(
            path, headers={"Host": host, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "ftp"}
        )
        location = answer.headers.get("location", "")
        assert location == "" or location.startswith("/"), location
        assert not location.startswith("//")
    assert client.get("/files").headers["location"] == "/files/"


def test_what_brings_a_cookie_is_kept_by_no_shared_cache(site: Site) -> None:
    async def page(scope: Any, receive: Any, send: Any) -> None:
        control = scope["path"][1:].replace("_", " ").encode()
        headers = [(b"cache-control", control)] if control else []
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    app: Any = page
    for layer in layers([SITE], False, site.signing):
        app = layer(app)
    for path in (
        "/",
        "/no-cache",
        "/max-age=60",
        "/private",
        "/no-store",
        "/s-maxage=5",
        "/public,_max-age=60",
        "/immutable",
    ):
        headers = TestClient(app).get(path).headers
        kept_apart = {"private", "no-store"} & {part.strip() for part in headers["cache-control"].split(",")}
        assert ("set-cookie" in headers) == bool(kept_apart), path
    for path in ("/api/uploads", "/f/x"):
        headers = site.browser().get(path).headers
        assert "set-cookie" in headers
        assert {"private", "no-store"} & {part.strip() for part in headers["cache-control"].split(",")}


def test_problems_are_described_as_they_are_sent(browser: Browser) -> None:
    described = browser.get("/api/openapi.json").json()
    assert browser.get("/api/uploads/nothing").headers["content-type"] == "application/problem+json"
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                kinds = set(answer.get("content", {}))
                if status == "default" or status >= "400":
                    assert kinds == {"application/problem+json"}, (method, path, status)
                    (schema,) = (one["schema"] for one in answer["content"].values())
                    assert schema == {"$ref": "#/components/schemas/ProblemAnswer"}
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_a_method_that_an_address_does_not_take(browser: Browser) -> None:
    described = browser.get("/api/openapi.json").json()["paths"]
    for path, operations in described.items():
        taken = {method.upper() for method in operations}
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} - taken:
            answer = browser.request(method, path.replace("{", "").replace("}", ""))
            assert answer.status_code == 405, (method, path)
            # What a GET takes may be asked by HEAD, too, where the address says so (RFC 9110, 9.3.2).
            assert {one.strip() for one in answer.headers["allow"].split(",")} - {"HEAD"} == taken - {"HEAD"}, path
            if path.startswith("/api/"):
                is_problem(answer, 405, "method_not_allowed")
    for method in ("GET", "POST", "PATCH"):
        is_problem(browser.request(method, "/api/nothing"), 404, "not_found")


async def endless(pieces: int = 1000) -> AsyncIterator[bytes]:
    for _ in range(pieces):
        yield b"a" * 65536


def test_what_is_too_large_is_refused_and_not_cut(browser: Browser, site: Site) -> None:
    upload = browser.creates().json()
    address = f"/api/uploads/{upload['id']}"

    async def asked(method: str, path: str) -> httpx.Response:
        transport = httpx.ASGITransport(site.app)
        async with httpx.AsyncClient(transport=transport, base_url=SITE, cookies=dict(browser.cookies)) as client:
            return await client.request(method, path, content=endless())

    for method, path in (("POST", f"{address}/pause"), ("DELETE", address), ("POST", f"{address}/complete"), ("POST", "/api/forget"), ("POST", "/api/uploads")):  # fmt: skip
        is_problem(asyncio.run(asked(method, path)), 422, "invalid_request")
    assert browser.get(address).json()["state"] == "uploading", "nothing of it was done"


def test_a_body_that_does_not_come_is_not_waited_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PATIENCE", 0.1)
    sent: list[Any] = []

    async def never() -> Any:
        await asyncio.sleep(3600)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/uploads", "query_string": b"", "headers": [(b"transfer-encoding", b"chunked")]}  # fmt: skip
    asyncio.run(asyncio.wait_for(site.app(scope, never, send), 30))
    assert sent[0]["status"] == 422


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "video", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_what_nobody_clicked_is_no_download(site: Site, browser: Browser, headers: dict[str, str]) -> None:
    upload = browser.uploads()
    link = f"/api/uploads/{upload['id']}/link"
    browser.put(link, json={"downloads_left": 1})
    address = f"/api/shared/{upload['share_token']}/download"
    is_problem(site.browser().get(address, headers=headers), 403, CrossSite.code)
    assert browser.get(link).json()["downloads_left"] == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-User": "?1"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors"},
    ],
)  # fmt: skip
def test_what_somebody_clicked_is_one(site: Site, browser: Browser, headers: dict[str, str]) -> None:
    upload = browser.uploads()
    browser.put(f"/api/uploads/{upload['id']}/link", json={"downloads_left": 1})
    answer = site.browser().get(f"/api/shared/{upload['share_token']}/download", headers=headers)
    assert answer.status_code == 302
    assert browser.get(f"/api/uploads/{upload['id']}/link").json()["downloads_left"] == 0
