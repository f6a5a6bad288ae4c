"""The owner's link and the visitors' side of it, over HTTP and the real store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem


def test_what_a_link_allows_is_read_and_set(browser: Browser) -> None:
    upload = browser.creates().json()
    address = f"/api/uploads/{upload['id']}/link"
    answer = browser.get(address).json()
    assert answer == {
        "revoked": False,
        "until": None,
        "downloads_left": None,
        "url": upload["share_url"],
        "token": upload["share_token"],
    }
    until = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
    wanted = {"revoked": True, "until": until.isoformat(), "downloads_left": 4}
    changed = browser.put(address, json=wanted).json()
    assert datetime.fromisoformat(changed.pop("until")) == until
    assert (changed["revoked"], changed["downloads_left"]) == (True, 4)
    assert browser.get(address).json()["revoked"] is True
    assert browser.put(address, json={}).json() == answer


def test_revoked_over_and_used_up_are_told_apart(site: Site, browser: Browser) -> None:
    upload = browser.uploads()
    address, shared = f"/api/uploads/{upload['id']}/link", f"/api/shared/{upload['share_token']}"
    visitor = site.browser()
    browser.put(address, json={"revoked": True})
    for path in (shared, f"{shared}/download", f"{shared}/preview"):
        is_problem(visitor.get(path), 410, "link_revoked")
    browser.put(address, json={"downloads_left": 1})
    assert visitor.get(f"{shared}/download").status_code == 302
    for path in (shared, f"{shared}/download"):
        is_problem(site.browser(**{"User-Agent": "another"}).get(path), 410, "link_used_up")
    assert browser.get(address).json()["downloads_left"] == 0
    assert browser.get(f"/api/uploads/{upload['id']}/download").status_code == 302
    is_problem(browser.put(address, json={"until": "2020-01-01T00:00:00Z"}), 422, "invalid_request")
    is_problem(browser.put(address, json={"downloads_left": -1}), 422, "invalid_request")


def test_a_new_link_and_the_old_one(site: Site, browser: Browser) -> None:
    upload = browser.uploads()
    made = browser.post(f"/api/uploads/{upload['id']}/link/renew").json()
    visitor = site.browser()
    is_problem(visitor.get(f"/api/shared/{upload['share_token']}"), 404, "file_not_found")
    is_problem(visitor.get(f"/api/shared/{upload['share_token']}/download"), 404, "file_not_found")
    assert visitor.get(f"/f/{upload['share_token']}").status_code == 404
    assert visitor.get(f"/api/shared/{made['token']}").json()["name"] == "a.bin"
    assert browser.get(f"/api/uploads/{upload['id']}").json()["share_url"] == made["url"]


def test_it_is_the_owners_alone(site: Site, browser: Browser) -> None:
    upload = browser.creates().json()
    address, other = f"/api/uploads/{upload['id']}/link", site.browser()
    for answer in (other.get(address), other.put(address, json={"revoked": True}), other.post(f"{address}/renew")):
        is_problem(answer, 404, "upload_not_found")
    is_problem(
        browser.put(address, json={"revoked": True}, headers={"Origin": "https://evil.example"}), 403, "cross_site"
    )
    assert browser.get(address).json()["revoked"] is False


def test_somebody_who_clicks_is_told_by_the_page(site: Site, browser: Browser) -> None:
    upload = browser.uploads()
    browser.put(f"/api/uploads/{upload['id']}/link", json={"revoked": True})
    answer = site.browser(Accept="text/html,*/*").get(f"/api/shared/{upload['share_token']}/download")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/f/{upload['share_token']}")
    page = site.browser().get(f"/f/{upload['share_token']}")
    assert page.status_code == 404
    assert "This link is closed" in page.text
    assert upload["name"] not in page.text


@pytest.mark.parametrize("who", ["visitor", "owner"])
def test_a_preview_is_shown_by_the_store_as_what_it_is(site: Site, browser: Browser, who: str) -> None:
    upload = browser.uploads("über.png", 1000)
    shared = site.browser().get(f"/api/shared/{upload['share_token']}").json()
    assert shared["preview"] == "picture"
    path = shared["preview_url"] if who == "visitor" else f"/api/uploads/{upload['id']}/preview"
    answer = (site.browser() if who == "visitor" else browser).get(path)
    assert answer.status_code == 302
    assert answer.headers["cache-control"] == "no-store"
    shown = httpx.get(answer.headers["location"], timeout=30)
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["content-disposition"].startswith("inline;")
    assert len(shown.content) == 1000


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.txt", "a.bin"])
def test_what_could_run_has_no_preview(site: Site, browser: Browser, name: str) -> None:
    upload = browser.uploads(name)
    assert site.browser().get(f"/api/shared/{upload['share_token']}").json()["preview_url"] is None
    is_problem(site.browser().get(f"/api/shared/{upload['share_token']}/preview"), 404, "no_preview")
    is_problem(browser.get(f"/api/uploads/{upload['id']}/preview"), 404, "no_preview")
