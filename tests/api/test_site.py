"""What surrounds the uploads: identity, other sites, headers, errors, links."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from starlette.testclient import TestClient

from smartupload.api.app import layers
from smartupload.api.cookie import Signing
from smartupload.service.owner import owner_from_cookies, owner_of, secret_from_cookies, tag_of
from tests.api.conftest import SITE, Browser, Site
from tests.api.test_uploads import is_problem

SECRET = "a" * 43
SIGNING = Signing(lambda: b"key", lambda _: False)


class TestIdentity:
    def test_the_first_answer_brings_a_cookie_that_scripts_cannot_read(self, site: Site) -> None:
        cookie = site.browser().get("/api/uploads").headers["set-cookie"]
        assert cookie.startswith("smartupload_owner=")
        assert secret_from_cookies(cookie.split(";")[0])
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Secure" not in cookie

    def test_behind_https_it_is_secure(self, make_site: Callable[..., Site]) -> None:
        cookie = make_site(public_url="https://up.example.org").browser().get("/api/uploads").headers["set-cookie"]
        assert "Secure" in cookie.split("; ")

    def test_whoever_has_one_keeps_it(self, browser: Browser) -> None:
        browser.get("/api/uploads")
        assert "set-cookie" not in browser.get("/api/uploads").headers

    @pytest.mark.parametrize("value", ["", "short", "a" * 44, SECRET[:-1] + "_", "../../" + SECRET])
    def test_a_malformed_one_is_replaced(self, site: Site, value: str) -> None:
        answer = site.browser().get("/api/uploads", headers={"Cookie": f"a=b; smartupload_owner={value}; c=d"})
        assert answer.status_code == 200
        assert secret_from_cookies(answer.headers["set-cookie"].split(";")[0])

    def test_the_very_first_request_has_an_owner_already(self, site: Site) -> None:
        browser = site.browser()
        upload = browser.creates().json()
        assert browser.get(f"/api/uploads/{upload['id']}").status_code == 200

    def test_the_database_does_not_hold_the_secret(self, site: Site, browser: Browser) -> None:
        upload = browser.creates().json()
        secret = browser.cookies["smartupload_owner"]
        with site.context.db.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM upload").mappings().all()
        assert [row["id"] for row in rows] == [upload["id"]]
        assert secret not in str(rows)
        assert secret[:43] not in str(rows)
        assert rows[0]["owner"] == owner_of(secret[:43])

    def test_forgetting_takes_the_cookie_away_as_it_was_given(self, make_site: Callable[..., Site]) -> None:
        for url, secure in (("", set()), ("https://localhost:3000", {"Secure"})):
            site = make_site(public_url=url)
            given = site.browser().get("/api/uploads").headers.get_list("set-cookie")[0]
            browser = site.browser(Cookie=f"smartupload_owner={SECRET}")
            answer = browser.post("/api/forget")
            assert (answer.status_code, answer.content) == (204, b"")
            assert answer.headers["cache-control"] == "no-store"
            taken = answer.headers.get_list("set-cookie")
            assert len(taken) == 1 + bool(secure)
            assert taken[0].startswith("__Host-smartupload_owner=; " if secure else "smartupload_owner=; ")
            assert set(taken[0].split("; ")[1:]) ^ set(given.split("; ")[1:]) == {
                "Max-Age=0",
                f"Max-Age={400 * 24 * 3600}",
            }
            assert secure <= set(taken[0].split("; "))

    def test_after_forgetting_the_same_browser_is_somebody_new(self, browser: Browser) -> None:
        upload = browser.creates().json()
        before = browser.get("/api/client-settings").json()["owner"]
        assert browser.get("/api/client-settings").json()["owner"] == before
        browser.post("/api/forget")
        assert browser.get("/api/uploads").json()["uploads"] == []
        assert browser.get("/api/client-settings").json()["owner"] != before
        is_problem(browser.get(f"/api/uploads/{upload['id']}"), 404, "upload_not_found")

    def test_no_other_site_can_make_a_browser_forget(self, browser: Browser) -> None:
        browser.creates()
        is_problem(browser.post("/api/forget", headers={"Origin": "https://evil.example"}), 403, "cross_site")
        assert len(browser.get("/api/uploads").json()["uploads"]) == 1

    def test_the_tag_of_an_owner_tells_nothing(self) -> None:
        owner = owner_of(SECRET)
        assert tag_of(owner) != tag_of(owner_of(SECRET[:-1] + "b"))
        assert tag_of(owner) not in (owner, SECRET)
        assert not owner.startswith(tag_of(owner))

    def test_a_foreign_malformed_cookie_does_no_harm(self) -> None:
        assert owner_from_cookies(f'x="; y={{"a":1}}; smartupload_owner={SECRET}; z') == owner_of(SECRET)

    def test_a_websocket_is_given_one_too(self) -> None:
        seen: dict[str, Any] = {}

        async def app(scope: Any, receive: Any, send: Any) -> None:
            seen["cookie"] = dict(scope["headers"])[b"cookie"].decode()
            await receive()
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close"})

        wrapped: Any = app
        for layer in layers([SITE], False, SIGNING):
            wrapped = layer(wrapped)
        with TestClient(wrapped).websocket_connect("/_event") as socket:
            cookie = dict(socket.extra_headers or [])[b"set-cookie"].decode()
        assert secret_from_cookies(cookie.split(";")[0]) == secret_from_cookies(seen["cookie"]) != ""

    def test_what_caches_may_keep_carries_no_secret(self) -> None:
        async def app(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        wrapped: Any = app
        for layer in layers([SITE], False, SIGNING):
            wrapped = layer(wrapped)
        client = TestClient(wrapped)
        assert "set-cookie" not in client.get("/assets/x.js").headers
        assert "set-cookie" in client.get("/x").headers


class TestOtherSites:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://localhost:3001"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ],
    )
    def test_nothing_is_changed_from_there(self, browser: Browser, headers: dict[str, str]) -> None:
        upload = browser.creates().json()
        address = f"/api/uploads/{upload['id']}"
        for answer in (
            browser.post("/api/uploads", json={"name": "a", "size": 1}, headers={"Idempotency-Key": "x"} | headers),
            browser.post(f"{address}/pause", headers=headers),
            browser.delete(address, headers=headers),
        ):
            is_problem(answer, 403, "cross_site")
        assert browser.get(address, headers=headers).json()["state"] == "uploading"

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": "http://localhost:3000"},
            {"Origin": "http://127.0.0.1:3000"},
            {"Origin": "http://localhost:3000", "Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "http://localhost:8080", "Host": "localhost:8080"},
        ],
    )
    def test_the_site_itself_and_programs_may(self, browser: Browser, headers: dict[str, str]) -> None:
        upload = browser.creates().json()
        assert browser.post(f"/api/uploads/{upload['id']}/pause", headers=headers).status_code == 200


class TestHeaders:
    @pytest.mark.parametrize(
        ("path", "control"),
        [
            ("/api/uploads", "no-store"),
            ("/api/nothing", "no-store"),
            ("/readyz", "no-store"),
            ("/f/x", "private, no-cache"),
        ],
    )
    def test_caching(self, browser: Browser, path: str, control: str) -> None:
        assert browser.get(path).headers["cache-control"] == control

    def test_every_answer_is_hard_to_misuse(self, browser: Browser) -> None:
        for path in ("/api/uploads", "/f/x", "/nothing"):
            headers = browser.get(path).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
            assert headers["referrer-policy"] == "same-origin"
            assert "frame-ancestors 'none'" in headers["content-security-policy"]


class TestProblems:
    def test_unknown_addresses(self, browser: Browser) -> None:
        for method in ("GET", "POST", "PUT", "DELETE"):
            is_problem(browser.request(method, "/api/nothing/here"), 404, "not_found")

    def test_unknown_methods(self, browser: Browser) -> None:
        answer = browser.put("/api/uploads")
        assert answer.status_code == 405
        assert answer.headers["content-type"] == "application/problem+json"

    def test_what_nobody_expected_is_not_told(
        self, site: Site, browser: Browser, caplog: pytest.LogCaptureFixture
    ) -> None:
        def boom(*given: Any) -> None:
            raise RuntimeError("secret inner workings")

        working = site.context
        site.context = type(working)(working.settings, working.db, working.store, working.live, working.clock)
        object.__setattr__(site.context, "db", type("Broken", (), {"read": boom})())
        answer = browser.get("/api/uploads")
        is_problem(answer, 500, "internal_error")
        assert "secret" not in answer.text

    def test_the_value_that_was_wrong_is_not_repeated(self, browser: Browser) -> None:
        answer = browser.post("/api/uploads", json={"name": "a", "size": "hush-hush"}, headers={"Idempotency-Key": "k"})
        assert "hush" not in answer.text

    def test_the_description_names_every_route_and_the_problem(self, browser: Browser) -> None:
        described = browser.get("/api/openapi.json").json()
        assert {
            "/api/uploads", "/api/uploads/{upload_id}", "/api/uploads/{upload_id}/parts",
            "/api/uploads/{upload_id}/complete", "/api/uploads/{upload_id}/pause", "/api/uploads/{upload_id}/resume",
            "/api/uploads/{upload_id}/download", "/api/shared/{token}", "/api/shared/{token}/download",
            "/api/uploads/{upload_id}/preview", "/api/shared/{token}/preview",
            "/api/uploads/{upload_id}/link", "/api/uploads/{upload_id}/link/renew",
            "/api/shared/{token}/watch", "/api/push-key", "/api/push-subscriptions",
            "/api/notifications", "/api/notifications/confirm", "/api/notifications/stop",
            "/api/client-settings", "/api/forget", "/healthz", "/readyz",
        } <= set(described["paths"])  # fmt: skip
        assert "ProblemAnswer" in described["components"]["schemas"]


class TestLinks:
    def test_the_placeholder(self, site: Site, browser: Browser) -> None:
        upload = browser.creates("a.bin", 1000).json()
        shared = site.browser().get(f"/api/shared/{upload['share_token']}")
        assert shared.json() == {
            "name": "a.bin", "size": 1000, "type": upload["type"], "state": "uploading", "percent": 0,
            "created_at": upload["created_at"], "completed_at": None, "download_url": None, "error": None,
            "scan": "", "preview": "", "preview_url": None,
        }  # fmt: skip
        is_problem(site.browser().get(f"/api/shared/{upload['share_token']}/download"), 409, "not_ready")
        is_problem(site.browser().get("/api/shared/nothing"), 404, "file_not_found")
        is_problem(site.browser().get("/api/shared/nothing/download"), 404, "file_not_found")

    def test_it_tells_nothing_that_belongs_to_the_owner(self, site: Site, browser: Browser) -> None:
        upload = browser.creates().json()
        text = site.browser().get(f"/api/shared/{upload['share_token']}").text
        assert upload["id"] not in text

    def test_previews_see_name_and_state(self, site: Site, browser: Browser) -> None:
        upload = browser.uploads("holiday.mov", 1000)
        page = site.browser().get(f"/f/{upload['share_token']}")
        assert page.status_code == 200
        assert "<title>holiday.mov</title>" in page.text
        assert '<meta property="og:title" content="holiday.mov"/>' in page.text
        assert '<meta property="og:site_name" content="localhost"/>' in page.text
        assert "ready to download" in page.text
        assert "<body>shell</body>" in page.text
        assert page.text.count("<title>") == 1

    def test_a_name_cannot_break_out_of_the_page(self, site: Site, browser: Browser) -> None:
        upload = browser.creates('"><script>alert(1)<\\script>.html', 10).json()
        hostile = browser.creates("x' onload=alert(1) <img src=q>.html", 10).json()
        for token in (upload["share_token"], hostile["share_token"]):
            page = site.browser().get(f"/f/{token}").text
            assert "<script" not in page
            assert "<img" not in page
            assert "x' onload" not in page

    def test_an_unknown_link_is_the_same_shell(self, browser: Browser) -> None:
        page = browser.get("/f/nothing")
        assert page.status_code == 404
        assert "<body>shell</body>" in page.text


class TestPlainPage:
    """What a share link shows where a site has no pages of ours."""

    @pytest.fixture(params=[None, Path("not built yet")])
    def site(self, site: Site, request: pytest.FixtureRequest) -> Site:
        site.api.state.web_root = request.param
        return site

    def test_it_says_how_far_the_file_is_and_then_leads_to_it(self, site: Site, browser: Browser) -> None:
        upload = browser.creates("holiday.mov", 1000).json()
        address = f"/f/{upload['share_token']}"
        before = site.browser().get(address)
        assert before.status_code == 200
        assert "<h1>holiday.mov</h1><p>1.0 KB, on its way (0 % is here)</p>" in before.text
        assert 'http-equiv="refresh"' in before.text
        assert "download" not in before.text
        browser.sends(upload, browser.cut(upload))
        browser.completes(upload)
        after = site.browser().get(address)
        assert "1.0 KB, ready to download" in after.text
        assert "Not scanned for viruses" in after.text
        assert 'http-equiv="refresh"' not in after.text
        (link,) = re.findall(r'<a href="([^"]+)"', after.text)
        file = site.browser().get(urljoin(f"{SITE}{address}", link), follow_redirects=False)
        assert httpx.get(file.headers["location"]).content == browser.cut(upload)[0]

    def test_a_link_that_leads_nowhere_says_why(self, site: Site, browser: Browser) -> None:
        page = browser.get("/f/nothing")
        assert page.status_code == 404
        assert "<h1>File not found</h1><p>There is no file behind this link." in page.text
        upload = browser.creates().json()
        browser.put(f"/api/uploads/{upload['id']}/link", json={"revoked": True})
        closed = site.browser().get(f"/f/{upload['share_token']}")
        assert closed.status_code == 404
        assert "<h1>This link is closed</h1>" in closed.text

    def test_a_name_cannot_break_out_of_it(self, site: Site, browser: Browser) -> None:
        hostile = browser.creates("</head><body><img src=q onerror=alert(1)>.html", 10).json()
        page = site.browser().get(f"/f/{hostile['share_token']}").text
        assert "<img" not in page
        assert page.count("<body>") == page.count("</head>") == 1


def test_what_the_browser_half_is_told(make_site: Callable[..., Site]) -> None:
    site = make_site(
        max_file_size="2GiB", allowed_types="image/*,.pdf", wait_threshold_seconds="30", ask_on_metered_mb="200"
    )
    told = site.browser().get("/api/client-settings").json()
    assert re.fullmatch("[0-9a-f]{16}", told.pop("owner"))
    assert told == {
        "wait_threshold_seconds": 30,
        "max_file_size": 2**31,
        "allowed_types": ["image/*", ".pdf"],
        "max_parallel_parts": 6,
        "handover": True,
        "abandon_after_days": 7,
        "ask_on_metered_mb": 200,
        "sign_in": "",
        "signed_in": True,
        "stores": list(site.context.store.origins),
        "anonymous": False,
    }
    assert json.loads(make_site().browser().get("/api/client-settings").text)["max_file_size"] is None
    two = make_site(s3_public_endpoint_url="https://a.example.org https://b.example.org").browser()
    assert two.get("/api/client-settings").json()["max_parallel_parts"] == 12
    scanned = make_site(clamd_url="tcp://127.0.0.1:3310").browser()
    assert scanned.get("/api/client-settings").json()["max_file_size"] == 2_000_000_000, "no more than clamd looks at"
