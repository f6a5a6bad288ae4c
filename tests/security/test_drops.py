"""Drop links of a site to which strangers have no other way: what one with a link gets, and what they, and others, do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from smartupload.models import DropLink
from smartupload.service.audit import read
from tests.api.conftest import Browser, Site, make_site
from tests.api.test_sign_in import with_sign_in
from tests.api.test_uploads import is_problem
from tests.fixtures_store import noise, seaweed, stack
from tests.provider import Provider, provider

__all__ = ["make_site", "provider", "seaweed", "stack"]


@pytest.fixture
def site(make_site: Callable[..., Site], provider: Provider) -> Site:
    return with_sign_in(make_site(access="invite", **provider.settings))


@pytest.fixture
def anna(site: Site, provider: Provider) -> Browser:
    """Who asks for files."""
    browser = site.browser()
    provider.signs_in(browser, "anna")
    return browser


def opened(anna: Browser, **more: Any) -> dict[str, Any]:
    answer = anna.post("/api/drops", json={"title": "Your tax papers", "asker": "Anna", **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def comes(site: Site, drop: dict[str, Any]) -> tuple[Browser, str]:
    """Somebody who opens the link: their browser, and what it names when it sends."""
    browser, token = site.browser(), drop["url"].rpartition("/")[2]
    page = browser.get(f"/drop/{token}")
    assert page.status_code == 200
    assert "Your tax papers" in page.text
    seen = browser.get(f"/api/drop/{token}").json()
    assert seen.keys() == {"title", "asker", "limits", "until", "uploader"}
    return browser, seen["uploader"]


def test_from_the_link_to_the_file_in_her_files(site: Site, anna: Browser) -> None:
    drop = opened(anna)
    stranger, name = comes(site, drop)
    upload = stranger.uploads("tax.bin", 6_000_000, uploader=name, metadata={"from": "Bert"})
    assert (upload["share_url"], upload["share_token"]) == ("", "")
    (hers,) = anna.get("/api/uploads").json()["uploads"]
    assert (hers["id"], hers["metadata"], hers["state"]) == (upload["id"], {"from": "Bert"}, "ready")
    assert hers["share_url"] == "", "there is no link to copy until she shares it"
    found = anna.get(f"/api/uploads/{upload['id']}/download")
    assert httpx.get(found.headers["location"]).content == b"".join(stranger.cut(upload))
    is_problem(site.browser().get(f"/api/shared/{hers['share_token']}"), 410, "link_revoked")
    is_problem(stranger.delete(f"/api/uploads/{upload['id']}"), 403, "sent_already")
    assert [one["state"] for one in stranger.get("/api/uploads").json()["uploads"]] == ["ready"]
    assert [(one["files"], one["is_open"]) for one in anna.get("/api/drops").json()["drops"]] == [(1, True)]


def test_a_stranger_with_a_link_reaches_nothing_else(site: Site, anna: Browser) -> None:
    hers = anna.uploads("secret.bin")
    stranger, name = comes(site, opened(anna))
    mine = stranger.creates(uploader=name).json()
    for path in ("", "/link", "/download", "/preview"):
        code = "not_signed_in" if path else "upload_not_found"
        is_problem(stranger.get(f"/api/uploads/{hers['id']}{path}"), 401 if path else 404, code)
        if path:
            is_problem(stranger.get(f"/api/uploads/{mine['id']}{path}"), 401, "not_signed_in")
    for method, path in (
        ("GET", "/api/drops"), ("POST", "/api/drops"), ("GET", "/api/tokens"), ("POST", "/api/tokens"), ("GET", "/api/notifications"),
        ("GET", "/api/me/export"), ("DELETE", "/api/me"), ("POST", "/api/push-subscriptions"), ("POST", "/api/take-over"),
    ):  # fmt: skip
        is_problem(stranger.request(method, path, json={}), 401, "not_signed_in")
    assert stranger.get("/api/admin/audit").status_code in (401, 403, 404)
    assert stranger.get("/files").headers["location"] == "/login?to=%2Ffiles"
    assert [one["id"] for one in stranger.get("/api/uploads").json()["uploads"]] == [mine["id"]]
    is_problem(stranger.creates("no link.bin"), 401, "not_signed_in")
    batch = stranger.post("/api/batch/create", json={"files": [{"name": "a", "size": 1, "key": "k"}]})
    assert [one["problem"]["code"] for one in batch.json()["results"]] == ["not_signed_in"]


def test_a_second_stranger_by_the_same_link(site: Site, anna: Browser) -> None:
    drop = opened(anna)
    first, name = comes(site, drop)
    second, other = comes(site, drop)
    assert name != other
    upload = first.creates(size=6_000_000, uploader=name).json()
    assert second.get("/api/uploads").json()["uploads"] == []
    is_problem(second.get(f"/api/uploads/{upload['id']}"), 404, "upload_not_found")
    is_problem(second.delete(f"/api/uploads/{upload['id']}"), 404, "upload_not_found")
    is_problem(second.signs(upload, first.cut(upload)), 404, "upload_not_found")
    is_problem(second.post(f"/api/uploads/{upload['id']}/claim", json={"key": "key 1"}), 404, "upload_not_found")
    is_problem(second.creates(uploader=name), 401, "not_signed_in")
    # Nor with the first one's name and no cookie, or one that is made up.
    is_problem(site.browser().creates(uploader=name), 401, "not_signed_in")
    is_problem(site.browser(cookie=f"smartupload_owner={'a' * 43}").creates(uploader=name), 401, "not_signed_in")


@pytest.mark.parametrize("forged", ["0" * 48, "{token}0", "{id}", "{other}", "..%2f..%2fapi%2fdrops", "%00"])
def test_a_forged_token(site: Site, anna: Browser, forged: str) -> None:
    token = opened(anna)["url"].rpartition("/")[2]
    other = token[:-1] + ("0" if token[-1] != "0" else "1")
    path = forged.format(token=token, id=token[:16], other=other)
    answer = site.browser().get(f"/api/drop/{path}")
    assert answer.status_code in (401, 404)
    assert "tax" not in site.browser().get(f"/drop/{path}").text


@pytest.mark.parametrize("how", ["closed", "over", "deleted"])
def test_a_link_that_has_ended(site: Site, anna: Browser, how: str) -> None:
    drop = opened(anna)
    stranger, name = comes(site, drop)
    upload = stranger.creates(size=6_000_000, uploader=name).json()
    if how == "closed":
        assert anna.post(f"/api/drops/{drop['id']}/close").json()["is_open"] is False
    elif how == "deleted":
        assert anna.delete(f"/api/drops/{drop['id']}").status_code == 204
    else:
        with site.context.db.write() as session:
            row = session.get(DropLink, drop["id"])
            assert row is not None
            row.until = site.context.clock.now() - timedelta(seconds=1)
            session.add(row)
    is_problem(stranger.creates("more.bin", uploader=name), 410, "drop_closed")
    token = drop["url"].rpartition("/")[2]
    assert stranger.get(f"/drop/{token}").status_code == 404
    assert stranger.get(f"/api/drop/{token}").status_code == (404 if how == "deleted" else 410)
    # What was begun goes on, and does not lead back to the link.
    stranger.sends(upload, stranger.cut(upload))
    assert stranger.completes(upload).json()["state"] == "ready"


def test_more_than_the_link_allows(site: Site, anna: Browser) -> None:
    stranger, name = comes(site, opened(anna, most_files=1, most_size=1000, types=[".pdf"]))
    is_problem(stranger.creates("a.pdf", 1001, uploader=name), 413, "file_too_large")
    is_problem(stranger.creates("a.exe", 10, uploader=name), 415, "type_not_allowed")
    files = [{"name": f"{at}.pdf", "size": 10, "key": f"k{at}", "uploader": name} for at in range(3)]
    results = stranger.post("/api/batch/create", json={"files": files}).json()["results"]
    codes = [(one.get("problem") or {}).get("code", "") for one in results]
    assert codes == ["", "drop_full", "drop_full"]


@pytest.mark.parametrize("name", ["hers", "made up"])
def test_a_file_for_her_never_becomes_the_senders_own(site: Site, anna: Browser, provider: Provider, name: str) -> None:
    """Opened by a stranger, who signs in before they choose the file, or by a name that nobody was given."""
    browser, given = comes(site, opened(anna))
    provider.signs_in(browser, "ben")
    answer = browser.creates("tax.bin", 1000, uploader=given if name == "hers" else f"drop-{'0' * 16}-{'0' * 24}")
    is_problem(answer, 409, "drop_stale")
    assert [one.get("/api/uploads").json()["uploads"] for one in (anna, browser)] == [[], []]


def test_what_sending_takes_is_open_to_a_stranger(make_site: Callable[..., Site], provider: Provider) -> None:
    site = with_sign_in(make_site(access="invite", relay="on", **provider.settings))
    anna = site.browser()
    provider.signs_in(anna, "anna")
    stranger, name = comes(site, opened(anna))
    upload = stranger.creates("tax.bin", 1000, uploader=name).json()
    body = noise(1000)
    (part,) = stranger.signs(upload, [body]).json()["parts"]
    word = {"id": upload["id"], "epoch": 1, "sent": 10, "low": 1, "high": 2}
    assert stranger.post("/api/batch/tell", json={"uploads": [word]}).status_code == 204
    met = {"reason": "way_cut", "status": 0, "host": "https://store.example"}
    assert stranger.post("/api/obstacles", json=met).status_code == 204
    assert stranger.put(part["relay"], content=body, headers=part["headers"]).status_code == 200
    assert stranger.get(f"/api/uploads/{upload['id']}").json()["confirmed"][0]["number"] == 1


def test_pages_of_other_sites(site: Site, anna: Browser) -> None:
    drop = opened(anna)
    stranger, name = comes(site, drop)
    evil = {"origin": "https://evil.example.org", "Idempotency-Key": "k"}
    is_problem(
        stranger.post("/api/uploads", json={"name": "a", "size": 1, "uploader": name}, headers=evil), 403, "cross_site"
    )
    for path in ("/api/drops", f"/api/drops/{drop['id']}/close"):
        is_problem(anna.post(path, json={"title": "a"}, headers=evil), 403, "cross_site")
    is_problem(anna.delete(f"/api/drops/{drop['id']}", headers=evil), 403, "cross_site")


def test_links_of_somebody_else(site: Site, anna: Browser, provider: Provider) -> None:
    drop, ben = opened(anna), site.browser()
    provider.signs_in(ben, "ben")
    assert ben.get("/api/drops").json() == {"drops": []}
    is_problem(ben.post(f"/api/drops/{drop['id']}/close"), 404, "not_found")
    is_problem(ben.delete(f"/api/drops/{drop['id']}"), 404, "not_found")
    assert anna.get("/api/drops").json()["drops"][0]["is_open"]


def test_no_token_and_no_title_is_kept_where_they_need_not_be(site: Site, anna: Browser) -> None:
    drop = opened(anna)
    stranger, name = comes(site, drop)
    stranger.uploads(uploader=name)
    token = drop["url"].rpartition("/")[2]
    with site.context.db.read() as session:
        tables = session.connection().exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").all()
        for (table,) in tables:
            assert token[16:] not in str(session.connection().exec_driver_sql(f'SELECT * FROM "{table}"').all()), table
    assert "tax" not in str(list(read.all_of(site.context.db)))


def test_where_nobody_is_invited_there_are_none(make_site: Callable[..., Site], provider: Provider) -> None:
    for settings in ({}, {"access": "login"}):
        site = with_sign_in(make_site(**settings, **provider.settings))
        browser = site.browser()
        provider.signs_in(browser, "anna")
        for method, path in (("GET", "/api/drops"), ("POST", "/api/drops"), ("DELETE", "/api/drops/a")):
            is_problem(browser.request(method, path, json={"title": "a"}), 404, "not_found")
        is_problem(browser.get(f"/api/drop/{'0' * 48}"), 404, "drop_not_found")
