"""Tokens of somebody's programs: made and revoked by their owner alone, each scope against every route, and nothing besides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from smartupload.models import ApiToken
from smartupload.service.access import tokens
from smartupload.service.audit import read
from tests.api.conftest import Browser, Site
from tests.api.test_identity import with_login
from tests.api.test_sign_in import with_sign_in
from tests.api.test_uploads import is_problem
from tests.provider import Provider, provider
from tests.security.test_strangers import BODIES, PUBLIC, routes

__all__ = ["provider"]

OPENED = {
    "POST /api/uploads": {"upload"},
    "GET /api/uploads": {"read"},
    "GET /api/uploads/{upload_id}": {"upload", "read"},
    "DELETE /api/uploads/{upload_id}": {"upload"},
    "POST /api/uploads/{upload_id}/parts": {"upload"},
    "PUT /api/uploads/{upload_id}/parts/{number}/relay": {"upload"},
    "POST /api/uploads/{upload_id}/handover": {"upload"},
    "POST /api/uploads/{upload_id}/complete": {"upload"},
    "POST /api/uploads/{upload_id}/pause": {"upload"},
    "POST /api/uploads/{upload_id}/resume": {"upload"},
    "POST /api/uploads/{upload_id}/claim": {"upload"},
    "GET /api/uploads/{upload_id}/download": {"read"},
    "GET /api/uploads/{upload_id}/preview": {"read"},
    "GET /api/uploads/{upload_id}/link": {"read"},
    "GET /api/groups": {"read"},
    "GET /api/groups/{group}/link": {"read"},
    "POST /api/batch/create": {"upload"},
    "POST /api/batch/sign": {"upload"},
    "POST /api/batch/complete": {"upload"},
    "POST /api/batch/cancel": {"upload"},
    "GET /api/events": {"read"},
}
CLOSED = {
    "PATCH /api/uploads/{upload_id}",
    "POST /api/groups/{group}/link",
    "PUT /api/groups/{group}/link",
    "POST /api/groups/{group}/link/renew",
    "DELETE /api/groups/{group}/link",
    "POST /api/obstacles",
    "POST /api/batch/tell",
    "POST /api/holds",
    "GET /api/holds/{registration}/{level}/{lane}",
    "PUT /api/uploads/{upload_id}/link",
    "POST /api/uploads/{upload_id}/link/renew",
    "GET /api/shared/{token}/watch",
    "PUT /api/shared/{token}/watch",
    "DELETE /api/shared/{token}/watch",
    "POST /api/push-subscriptions",
    "GET /api/me/export",
    "DELETE /api/me",
    "GET /api/notifications",
    "PUT /api/notifications",
    "GET /api/tokens",
    "POST /api/tokens",
    "DELETE /api/tokens/{token_id}",
    "GET /api/drops",
    "POST /api/drops",
    "POST /api/drops/{drop_id}/close",
    "DELETE /api/drops/{drop_id}",
}


def made(browser: Browser, *scopes: str, **more: Any) -> dict[str, Any]:
    answer = browser.post("/api/tokens", json={"name": "backup", "scopes": list(scopes), **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def program(site: Site, token: str) -> Browser:
    """Something that has no cookies."""
    return site.browser(Authorization=f"Bearer {token}")


def test_every_route_is_placed() -> None:
    assert OPENED.keys() | CLOSED == set(routes()) - PUBLIC, "say which scopes open a new route"
    assert not OPENED.keys() & CLOSED


@pytest.mark.parametrize("scope", tokens.SCOPES)
def test_each_scope_against_every_route(site: Site, anna: Browser, upload: dict[str, Any], scope: str) -> None:
    theirs = program(site, made(anna, scope)["token"])
    before = anna.get("/api/tokens").json()["tokens"]
    places = {
        "{upload_id}": upload["id"],
        "{token}": upload["share_token"],
        "{token_id}": before[0]["id"],
        "{number}": "2",
    }
    for route in sorted(OPENED.keys() | CLOSED, key=lambda one: (one.startswith("DELETE"), one)):
        if route == "GET /api/events" and scope in OPENED[route]:
            continue  # a stream, which does not end
        method, _, path = route.partition(" ")
        for name, value in places.items():
            path = path.replace(name, value)
        body = BODIES.get(route) or {"name": "x", "size": 1, "scopes": ["read"], "files": [], "uploads": [], "ids": []}
        answer = theirs.request(method, path, json=None if method == "GET" else body)
        if scope in OPENED.get(route, ()):
            assert answer.status_code not in (401, 403), (route, answer.text)
        else:
            is_problem(answer, 403, "token_scope")
        assert "set-cookie" not in answer.headers, route
    assert anna.get("/api/tokens").json()["tokens"][0]["id"] == before[0]["id"]


def test_a_program_puts_a_file_of_its_owner(site: Site, anna: Browser) -> None:
    one = made(anna, "upload")
    upload = program(site, one["token"]).uploads("backup.tar", 3000)
    assert upload["state"] == "ready"
    assert [seen["name"] for seen in anna.get("/api/uploads").json()["uploads"]] == ["backup.tar"]
    is_problem(program(site, one["token"]).delete(f"/api/uploads/{upload['id']}"), 403, "token_scope")
    assert anna.get(f"/api/uploads/{upload['id']}").json()["state"] == "ready"
    reading = program(site, made(anna, "read")["token"])
    assert reading.get(f"/api/uploads/{upload['id']}/download").status_code == 302
    is_problem(site.browser().get(f"/api/uploads/{upload['id']}"), 404, "upload_not_found")
    by = {(entry.action, entry.by) for entry in read.all_of(site.context.db) if entry.owner == anna.owner}
    assert {("created", "token"), ("signed", "token"), ("token_made", "owner")} <= by


def test_it_is_shown_once_and_kept_as_a_hash(site: Site, anna: Browser) -> None:
    answer = anna.post("/api/tokens", json={"name": " CI, build machine ", "scopes": ["read", "upload"], "days": 7})
    assert answer.headers["cache-control"] == "no-store"
    one = answer.json()
    text = one.pop("token")
    assert text.startswith("sut_")
    assert (one["name"], one["scopes"], one["used_at"]) == ("CI, build machine", ["upload", "read"], None)
    assert anna.get("/api/tokens").json()["tokens"] == [one]
    assert text not in anna.get("/api/tokens").text
    with site.context.db.engine.connect() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM api_token").mappings().all())
        log = str(connection.exec_driver_sql("SELECT * FROM audit").mappings().all())
    assert text not in rows + log
    assert text.removeprefix("sut_") not in rows + log
    assert "CI, build machine" not in log
    program(site, text).get("/api/uploads")
    assert anna.get("/api/tokens").json()["tokens"][0]["used_at"] is not None


def test_revoked_expired_and_made_up_ones_open_nothing(site: Site, anna: Browser) -> None:
    revoked, expired, good = (made(anna, "upload", "read") for _ in range(3))
    anna.delete(f"/api/tokens/{revoked['id']}")
    with site.context.db.write() as session:
        row = session.exec(select(ApiToken).where(ApiToken.id == expired["id"])).one()
        row.expires_at = site.context.clock.now()
        session.add(row)
    value = good["token"]
    spoiled = value[:-1] + ("a" if value[-1] != "a" else "b")
    for text in (revoked["token"], expired["token"], spoiled, "sut_", "sut_" + "a" * 43, value + "a"):
        is_problem(program(site, text).get("/api/uploads"), 401, "token_void")
        # The cookie beside it makes it no better.
        is_problem(anna.get("/api/uploads", headers={"Authorization": f"Bearer {text}"}), 401, "token_void")
    assert program(site, value).get("/api/uploads").status_code == 200
    tokens.forget_old(site.context)
    assert len(tokens.all_of(site.context, anna.owner)) == 2, "one that is over is shown for a while"
    site.context = replace(site.context, clock=_Later(site.context.clock))
    tokens.forget_old(site.context)
    assert [one.id for one in tokens.all_of(site.context, anna.owner)] == [good["id"]]


class _Later:
    def __init__(self, clock: Any) -> None:
        self._clock = clock

    def now(self) -> Any:
        return self._clock.now() + timedelta(days=31)


def test_somebody_elses_is_not_there(site: Site, anna: Browser) -> None:
    one, mallory = made(anna, "read"), site.browser()
    assert mallory.get("/api/tokens").json() == {"tokens": []}
    is_problem(mallory.delete(f"/api/tokens/{one['id']}"), 404, "not_found")
    assert program(site, one["token"]).get("/api/uploads").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": " "}, {"name": "a" * 101}, {"name": "a\0"}, {"scopes": []}, {"scopes": ["admin"]},
        {"days": 0}, {"days": 366}, {"days": "x"}, {"more": 1},
    ],
    ids=str,
)  # fmt: skip
def test_what_makes_none(anna: Browser, wrong: dict[str, Any]) -> None:
    answer = anna.post("/api/tokens", json={"name": "a", "scopes": ["read"], **wrong})
    is_problem(answer, 422, "invalid_request")
    assert anna.get("/api/tokens").json() == {"tokens": []}


def test_there_may_be_so_many(anna: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST", 2)
    for _ in range(2):
        made(anna, "read")
    is_problem(anna.post("/api/tokens", json={"name": "a", "scopes": ["read"]}), 409, "too_many_tokens")


def test_what_brings_a_token_needs_no_origin_and_gets_no_cookie(site: Site, anna: Browser) -> None:
    token = made(anna, "upload", "read")["token"]
    elsewhere = {"Origin": "https://desktop.example", "Sec-Fetch-Site": "cross-site"}
    theirs = program(site, token)
    answer = theirs.post("/api/uploads", json={"name": "a", "size": 1}, headers={**elsewhere, "Idempotency-Key": "k"})
    assert answer.status_code == 201
    assert "set-cookie" not in answer.headers
    # A page of another site has the cookie sent along, but no token of ours; one that nobody made opens nothing.
    forged = {**elsewhere, "Authorization": "Bearer something", "Idempotency-Key": "l"}
    is_problem(anna.post("/api/uploads", json={"name": "a", "size": 1}, headers=forged), 403, "cross_site")
    forged["Authorization"] = "Bearer sut_something"
    is_problem(anna.post("/api/uploads", json={"name": "a", "size": 1}, headers=forged), 401, "token_void")


def test_an_app_that_says_itself_who_somebody_is_has_no_tokens_of_ours(site: Site, anna: Browser) -> None:
    token = made(anna, "read")["token"]
    with_login(site, lambda connection: "somebody")
    browser = site.browser(Authorization=f"Bearer {token}", Cookie="theirs=1", Origin="https://evil.example")
    is_problem(browser.post("/api/forget"), 403, "cross_site")
    is_problem(site.browser().get("/api/tokens"), 404, "not_found")
    is_problem(site.browser().post("/api/tokens", json={"name": "a", "scopes": ["read"]}), 404, "not_found")
    answer = site.browser(Authorization=f"Bearer {token}").get("/api/uploads")
    assert answer.json()["uploads"] == [], "it is whoever the app says"


def test_of_somebody_who_signs_in(make_site: Callable[..., Site], provider: Provider) -> None:
    site = with_sign_in(make_site(access="login", **provider.settings))
    anna = site.browser()
    provider.signs_in(anna, "anna")
    token = made(anna, "upload", "read")["token"]
    theirs = program(site, token)
    upload = theirs.uploads("nightly.tar")
    assert [one["name"] for one in anna.get("/api/uploads").json()["uploads"]] == ["nightly.tar"]
    anna.post("/api/logout")
    assert theirs.get(f"/api/uploads/{upload['id']}").status_code == 200, "programs do not sign in"
    is_problem(program(site, "sut_" + "a" * 43).get("/api/uploads"), 401, "token_void")
    is_problem(theirs.get("/api/me/export"), 403, "token_scope")
    me = theirs.get("/api/me").json()
    assert (me["signed_in"], me["name"]) == (False, "")


def test_it_is_taken_along_and_deleted(site: Site, anna: Browser) -> None:
    import io
    import json
    import zipfile

    token = made(anna, "upload")
    archive = zipfile.ZipFile(io.BytesIO(anna.get("/api/me/export").content))
    (said,) = json.loads(archive.read("account.json"))["tokens"]
    assert (said["id"], said["name"], said["scopes"]) == (token["id"], "backup", "upload")
    assert token["token"].encode() not in b"".join(archive.read(name) for name in archive.namelist())
    assert anna.delete("/api/me").status_code == 204
    is_problem(program(site, token["token"]).post("/api/uploads", json={}), 401, "token_void")


def test_what_comes_of_a_take_over(make_site: Callable[..., Site], provider: Provider) -> None:
    """A token that was made before is not one of the person's: who made it in this browser may have been somebody else."""
    site = with_sign_in(make_site(**provider.settings))
    browser = site.browser()
    browser.uploads("before.bin")
    token = made(browser, "read")["token"]
    provider.signs_in(browser, "anna")
    browser.post("/api/take-over", json={"take": True})
    browser.uploads("hers.bin")
    assert program(site, token).get("/api/uploads").json()["uploads"] == []
