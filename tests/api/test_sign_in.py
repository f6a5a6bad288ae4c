"""Signing in and out over HTTP, with a real provider: whose files one sees then, how long, and who may end it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlmodel import select
from starlette.types import Scope

from smartupload.adapters.oidc import OidcProvider
from smartupload.api import drops
from smartupload.api.app import layers, make_api
from smartupload.api.gate import Gate
from smartupload.api.identity import Identity
from smartupload.api.login import Login, local_path
from smartupload.api.tokens import Tokens
from smartupload.models import LoginSession
from smartupload.service.audit import read
from smartupload.service.owner import tag_of
from tests.api.conftest import SITE, Browser, Site
from tests.api.test_uploads import is_problem
from tests.provider import Provider, provider

__all__ = ["provider"]


def with_sign_in(site: Site) -> Site:
    """The same site with the sign-in of its settings, put together as `SmartUpload` does it."""
    from dataclasses import replace

    settings = site.context.settings
    known = (settings.oidc_client_id, settings.oidc_client_secret, settings.oidc_audience)
    is_open, senders = settings.access == "open", settings.access == "invite"
    site.context = replace(
        site.context,
        provider=OidcProvider(settings.oidc_issuer, *known),
        adopting=is_open,
        drop_key=b"a key" if senders else b"",
    )
    is_secure = settings.site_url.startswith("https://")
    identity = Identity(
        login=Login(lambda: site.context, lambda: is_secure),
        anonymous=is_open,
        tokens=Tokens(lambda: site.context),
        senders=senders,
    )
    site.api = make_api(lambda: site.context, identity=identity)
    site.app = site.api if is_open else Gate(site.api, identity)

    def mints(scope: Scope) -> bool:
        return is_open or (senders and drops.begins(scope))

    for layer in layers(settings.origins, is_secure, site.signing, mints):
        site.app = layer(site.app)
    return site


@pytest.fixture
def closed(make_site: Callable[..., Site], provider: Provider) -> Site:
    """Everybody has to sign in."""
    return with_sign_in(make_site(access="login", **provider.settings))


@pytest.fixture
def open_site(make_site: Callable[..., Site], provider: Provider) -> Site:
    """One may sign in."""
    return with_sign_in(make_site(**provider.settings))


def expires(site: Site) -> None:
    """Time goes by."""
    with site.context.db.write() as session:
        for row in session.exec(select(LoginSession)):
            row.expires_at = site.context.clock.now() - timedelta(seconds=1)
            session.add(row)


def sees(browser: Browser) -> list[str]:
    return [one["name"] for one in browser.get("/api/uploads").json()["uploads"]]


def test_two_people_in_two_browsers(closed: Site, provider: Provider) -> None:
    anna, again, ben = closed.browser(), closed.browser(), closed.browser()
    provider.signs_in(anna, "anna")
    provider.signs_in(again, "anna")
    provider.signs_in(ben, "ben")
    upload = anna.uploads("annas.bin")
    assert sees(anna) == ["annas.bin"]
    assert sees(again) == ["annas.bin"], "the same person in another browser"
    assert sees(ben) == []
    is_problem(ben.get(f"/api/uploads/{upload['id']}"), 404, "upload_not_found")
    is_problem(closed.browser().get("/api/uploads"), 401, "not_signed_in")
    assert closed.browser().get(f"/api/shared/{upload['share_token']}/download").status_code == 302


def test_one_comes_back_to_where_one_was(closed: Site, provider: Provider) -> None:
    nobody = closed.browser()
    led = nobody.get("/files?query=a")
    assert (led.status_code, led.headers["location"]) == (303, "/login?to=%2Ffiles%3Fquery%3Da")
    begun = nobody.get(led.headers["location"])
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{SITE}/login/callback"]
    back = urlsplit(provider.says_yes(begun.headers["location"], "anna"))
    done = nobody.get(f"{back.path}?{back.query}")
    assert (done.status_code, done.headers["location"]) == (303, "/files?query=a")
    assert nobody.get("/api/me").json() | {"left": 0} == {
        "signs_in": True, "signed_in": True, "name": "anna", "admin": False, "left": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    ["//evil.example.org", "/\\evil.example.org", "https://evil.example.org/", "/a\r\nx: y", "", "/login?to=/login", "/api/logout"],
)  # fmt: skip
def test_nobody_is_led_to_another_site(asked: str) -> None:
    assert local_path(asked) == "/"


@pytest.mark.parametrize(("site_url", "prefix"), [(SITE, ""), ("https://up.example.org", "__Host-")])
def test_the_cookie_of_a_session(
    make_site: Callable[..., Site], provider: Provider, site_url: str, prefix: str
) -> None:
    site = with_sign_in(make_site(access="login", public_url=site_url, **provider.settings))
    browser = site.browser()
    begun = browser.get("/login")
    # A client like this one keeps no Secure cookie of a site that it reaches by http.
    attempt = begun.headers["set-cookie"].partition(";")[0]
    back = urlsplit(provider.says_yes(begun.headers["location"], "anna"))
    done = browser.get(f"{back.path}?{back.query}", headers={"cookie": attempt})
    session = next(one for one in done.headers.get_list("set-cookie") if "session" in one)
    name, _, value = session.partition(";")[0].partition("=")
    assert name == f"{prefix}smartupload_session"
    parts = set(session.split("; "))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert ("Secure" in parts) == bool(prefix)
    assert site.browser(cookie=f"{name}={value}").get("/api/uploads").status_code == 200
    with site.context.db.read() as found:
        assert value not in str(found.exec(select(LoginSession)).one()), "the database knows its hash alone"
    if prefix:
        plain = site.browser(cookie=f"smartupload_session={value}")
        is_problem(plain.get("/api/uploads"), 401, "not_signed_in")


def test_an_answer_to_somebody_elses_attempt_signs_nobody_in(closed: Site, provider: Provider) -> None:
    mallory, anna = closed.browser(), closed.browser()
    stolen = urlsplit(provider.says_yes(mallory.get("/login").headers["location"], "mallory"))
    anna.get("/login")
    for browser in (anna, closed.browser()):
        refused = browser.get(f"{stolen.path}?{stolen.query}")
        assert refused.status_code == 400
        assert "Sign in" in refused.text
        assert not any("session" in one for one in refused.headers.get_list("set-cookie"))
        is_problem(browser.get("/api/uploads"), 401, "not_signed_in")
    # A code is good once, for whoever began with it.
    assert mallory.get(f"{stolen.path}?{stolen.query}").status_code == 303
    assert mallory.get(f"{stolen.path}?{stolen.query}").status_code == 400


def test_who_says_no_there_is_told_how_to_go_on(closed: Site, provider: Provider) -> None:
    browser = closed.browser()
    address = browser.get("/login?to=/files").headers["location"]
    denied = urlsplit(httpx.post(address, data={"action": "deny"}).headers["location"])
    page = browser.get(f"/login/callback?{denied.query}")
    assert page.status_code == 400
    assert 'href="/login?to=%2Ffiles"' in page.text


def test_while_the_provider_is_away_one_is_told_so(make_site: Callable[..., Site]) -> None:
    site = with_sign_in(make_site(access="login", oidc_issuer="http://localhost:9", oidc_client_id="x"))
    page = site.browser().get("/login")
    assert (page.status_code, page.headers["cache-control"]) == (503, "no-store")
    assert "cannot be reached" in page.text
    token = site.browser().post("/api/backchannel-logout", data={"logout_token": "x"})
    is_problem(token, 503, "sign_in_unavailable")


def test_signing_out_ends_it_for_good(closed: Site, provider: Provider) -> None:
    anna, elsewhere = closed.browser(), closed.browser()
    provider.signs_in(anna, "anna")
    provider.signs_in(elsewhere, "anna")
    kept = anna.cookies["smartupload_session"]
    answer = anna.post("/api/logout")
    assert answer.json()["to"].startswith(f"{provider.url}/oauth2/end_session?client_id=smartupload&post_logout")
    is_problem(anna.get("/api/uploads"), 401, "not_signed_in")
    assert "smartupload_session" not in anna.cookies
    is_problem(closed.browser(cookie=f"smartupload_session={kept}").get("/api/uploads"), 401, "not_signed_in")
    assert elsewhere.get("/api/uploads").status_code == 200, "another browser of hers stays signed in"
    assert anna.post("/api/logout").json() == {"to": ""}


def test_a_session_that_is_used_goes_on_and_one_that_is_not_ends(closed: Site, provider: Provider) -> None:
    anna = closed.browser()
    provider.signs_in(anna, "anna")

    def left() -> timedelta:
        with closed.context.db.read() as session:
            return session.exec(select(LoginSession)).one().expires_at - closed.context.clock.now()

    assert timedelta(days=6) < left() < timedelta(days=8)
    with closed.context.db.write() as session:
        row = session.exec(select(LoginSession)).one()
        row.expires_at = closed.context.clock.now() + timedelta(days=2)
        session.add(row)
    assert anna.get("/api/uploads").status_code == 200
    assert left() > timedelta(days=6)
    expires(closed)
    is_problem(anna.get("/api/uploads"), 401, "not_signed_in")


@pytest.mark.parametrize("access", ["login", "open"])
def test_one_that_has_expired_says_whose_the_browser_is_and_opens_nothing(
    make_site: Callable[..., Site], provider: Provider, access: str
) -> None:
    site = with_sign_in(make_site(access=access, **provider.settings))
    anna = site.browser()
    provider.signs_in(anna, "anna")
    hers = anna.get("/api/client-settings").json()
    upload = anna.creates().json()
    expires(site)
    now = anna.get("/api/client-settings").json()
    assert (now["owner"], now["signed_in"], now["sign_in"]) == (hers["owner"], False, "/login")
    for answer in (anna.get("/api/uploads"), anna.get(f"/api/uploads/{upload['id']}"), anna.get("/api/events")):
        is_problem(answer, 401, "not_signed_in")
    anna.post("/api/logout")
    assert anna.get("/api/client-settings").json()["owner"] != hers["owner"]
    assert (access == "login") == (anna.get("/api/client-settings").json()["owner"] == tag_of(""))


def test_the_provider_signs_out(closed: Site, provider: Provider) -> None:
    anna, elsewhere, ben = closed.browser(), closed.browser(), closed.browser()
    provider.signs_in(anna, "anna")
    provider.signs_in(elsewhere, "anna")
    provider.signs_in(ben, "ben")
    told = closed.browser().post("/api/backchannel-logout", data={"logout_token": provider.logout_token("anna")})
    assert told.status_code == 204, told.text
    for browser in (anna, elsewhere):
        is_problem(browser.get("/api/uploads"), 401, "not_signed_in")
    assert ben.get("/api/uploads").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "somebody else"},
        {"iss": "https://evil.example.org"},
        {"events": {}},
        {"events": None},
        {"nonce": "n"},
        {"sub": None},
        {"iat": None},
        {"exp": 1},
        {"exp": None, "iat": 1},
    ],
    ids=str,
)
def test_nothing_else_signs_out(closed: Site, provider: Provider, wrong: dict[str, object]) -> None:
    anna = closed.browser()
    provider.signs_in(anna, "anna")
    token = provider.logout_token("anna", **wrong)
    is_problem(anna.post("/api/backchannel-logout", data={"logout_token": token}), 400, "sign_in_failed")
    is_problem(anna.post("/api/backchannel-logout", data={"logout_token": "a.b.c"}), 400, "sign_in_failed")
    is_problem(anna.post("/api/backchannel-logout", data={}), 422, "invalid_request")
    assert anna.get("/api/uploads").status_code == 200


def test_who_signed_in_and_out_is_in_the_audit_log(closed: Site, provider: Provider) -> None:
    for _ in range(2):
        anna = closed.browser()
        provider.signs_in(anna, "anna")
    anna.post("/api/logout")
    anna.post("/api/logout")
    token = provider.logout_token("anna")
    for _ in range(2):
        closed.browser().post("/api/backchannel-logout", data={"logout_token": token})
    found = [one for one in read.all_of(closed.context.db) if one.action in ("signed_in", "signed_out")]
    owner = found[0].owner
    assert owner.startswith("person-")
    assert {one.owner for one in found} == {owner}
    assert [(one.action, one.who, one.address, one.detail) for one in found] == [
        ("signed_in", owner, "testclient", {}),
        ("signed_in", owner, "testclient", {}),
        ("signed_out", owner, "testclient", {}),
        ("signed_out", "", "testclient", {"by_provider": True}),
    ]


def test_a_logout_token_that_is_sent_again_ends_no_later_session(closed: Site, provider: Provider) -> None:
    anna = closed.browser()
    token = provider.logout_token("anna", iat=1_000_000_000)
    provider.signs_in(anna, "anna")
    assert anna.post("/api/backchannel-logout", data={"logout_token": token}).status_code == 204
    assert anna.get("/api/uploads").status_code == 200


def test_the_providers_keys_may_change(closed: Site, provider: Provider) -> None:
    provider.signs_in(closed.browser(), "anna")
    provider.changes_keys()
    anna = closed.browser()
    # Within a second of the last look for keys no other one is made.
    from smartupload_testing.wait import wait_for

    wait_for(lambda: provider.signs_in(anna, "anna").status_code == 303, 10, "the new keys to be taken", every=0.2)
    assert anna.get("/api/uploads").status_code == 200


def test_what_was_begun_before_is_taken_along_only_when_one_says_so(open_site: Site, provider: Provider) -> None:
    browser = open_site.browser()
    first, running = browser.uploads("ready.bin"), browser.creates("on its way.bin", key="the key").json()
    anonymous = browser.cookies["smartupload_owner"]
    provider.signs_in(browser, "anna")
    assert browser.get("/api/me").json()["left"] == 2
    assert sees(browser) == []
    is_problem(browser.post(f"/api/uploads/{running['id']}/claim", json={"key": "the key"}), 404, "upload_not_found")
    assert browser.post("/api/take-over", json={"take": True}).json() == {"taken": 2}
    assert browser.get("/api/me").json()["left"] == 0
    assert sees(browser) == ["on its way.bin", "ready.bin"]
    bodies = browser.cut(running)
    browser.sends(running, bodies)
    assert browser.completes(running).status_code == 200, "it goes on"
    # Nothing of it is left to whoever has the cookie alone, not with its key either.
    nobody = open_site.browser(cookie=f"smartupload_owner={anonymous}")
    assert sees(nobody) == []
    is_problem(nobody.get(f"/api/uploads/{first['id']}"), 404, "upload_not_found")
    is_problem(nobody.post(f"/api/uploads/{running['id']}/claim", json={"key": "the key"}), 404, "upload_not_found")
    with open_site.context.db.engine.connect() as connection:
        used = dict(connection.exec_driver_sql("SELECT owner, bytes FROM usage").all())
    assert sorted(used.values()) == [0, 2000], "the quota follows"


def test_who_says_no_is_not_asked_again(open_site: Site, provider: Provider) -> None:
    browser = open_site.browser()
    browser.uploads("not annas.bin")
    provider.signs_in(browser, "anna")
    assert browser.post("/api/take-over", json={"take": False}).json() == {"taken": 0}
    assert browser.get("/api/me").json()["left"] == 0
    assert sees(browser) == []
    browser.post("/api/logout")
    assert sees(browser) == ["not annas.bin"]


def test_where_all_have_to_sign_in_only_what_this_site_gave_says_whose_it_was(
    make_site: Callable[..., Site], provider: Provider
) -> None:
    site = make_site(access="login", **provider.settings)
    before = site.browser()  # the site was open to all then
    before.creates("before.bin")
    value = before.cookies["smartupload_owner"]
    closed = with_sign_in(site)
    for cookie, left in ((value, 1), (value[:-1] + ("0" if value[-1] != "0" else "1"), 0), ("a" * 43, 0), ("", 0)):
        browser = closed.browser()
        provider.signs_in(browser, "anna")
        browser.cookies.set("smartupload_owner", cookie)
        answer = browser.get("/api/me")
        assert answer.json()["left"] == left, cookie
        assert "set-cookie" not in answer.headers, "nobody is given one"
    browser.cookies.set("smartupload_owner", value)
    assert browser.post("/api/take-over", json={"take": True}).json() == {"taken": 1}
    assert sees(browser) == ["before.bin"]


def test_nobody_takes_anything_over_without_signing_in(open_site: Site) -> None:
    browser = open_site.browser()
    browser.uploads()
    is_problem(browser.post("/api/take-over", json={}), 401, "not_signed_in")
    assert browser.get("/api/me").json() == {
        "signs_in": True, "signed_in": False, "name": "", "admin": False, "left": 0,
    }  # fmt: skip


def test_a_site_without_a_sign_in_has_none_of_it(site: Site) -> None:
    browser = site.browser()
    assert browser.get("/api/me").json()["signs_in"] is False
    assert browser.get("/api/client-settings").json()["sign_in"] == ""
    for method, path in (("GET", "/login"), ("GET", "/login/callback"), ("POST", "/api/logout")):
        assert browser.request(method, path).status_code == 404
    assert browser.post("/api/backchannel-logout", data={"logout_token": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("subject", "claims", "is_admin"),
    [
        ("chef", {"email": "Chef@example.org", "email_verified": True}, True),
        ("would-be", {"email": "chef@example.org"}, False),
        ("claims-to-be", {"email": "chef@example.org", "email_verified": False}, False),
        ("somebody", {"email": "somebody@example.org", "email_verified": True}, False),
    ],
)
def test_an_admin_is_whose_address_the_provider_has_checked(
    make_site: Callable[..., Site], provider: Provider, subject: str, claims: dict[str, object], is_admin: bool
) -> None:
    site = with_sign_in(make_site(access="login", admin_emails="chef@example.org", **provider.settings))
    provider.knows(subject, **claims)
    browser = site.browser()
    is_problem(browser.get("/api/admin/events"), 401, "unauthorized")
    provider.signs_in(browser, subject)
    assert browser.get("/api/me").json()["admin"] is is_admin
    answer = browser.get("/api/admin/deliveries")
    if is_admin:
        assert answer.json() == {"deliveries": [], "next_after": None}
        refused = browser.post("/api/admin/deliveries/replay", headers={"Origin": "https://evil.example"})
        is_problem(refused, 403, "cross_site")
        expires(site)
        is_problem(browser.get("/api/admin/deliveries"), 401, "unauthorized")
    else:
        is_problem(answer, 403, "not_an_admin")
