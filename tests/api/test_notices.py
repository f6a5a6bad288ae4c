"""Settings of how somebody is told, and the links in mails: in any browser, and stopped by nothing but a POST."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from smartupload.adapters.memory import MemoryMailer
from smartupload.errors import TryAgain
from tests.api.conftest import SITE, Browser, Site
from tests.api.test_uploads import is_problem

ADDRESS = "anna@example.org"
NOTHING = {"email": "", "asked": "", "mails": True, "pushes": True, "subscriptions": 0}
SETTINGS = "/api/notifications"
ONE_CLICK = {"content": b"List-Unsubscribe=One-Click", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}


@pytest.fixture
def mailer() -> MemoryMailer:
    """Where the mails go."""
    return MemoryMailer()


@pytest.fixture
def site(make_site: Callable[..., Site], mailer: MemoryMailer) -> Site:
    """One that mails."""
    site = make_site()
    site.context = replace(site.context, mailer=mailer)
    return site


def link_of(mailer: MemoryMailer) -> str:
    """The path and query of the confirmation that was mailed last."""
    (link,) = re.findall(r"http://localhost:3000(/api/notifications/confirm\S+)", mailer.mails[-1].text)
    return link


def confirmed(site: Site, browser: Browser, mailer: MemoryMailer) -> str:
    """Give an address and confirm it in another browser; the query of the page it leads to."""
    browser.put(SETTINGS, json={"email": ADDRESS})
    answer = site.browser().post(link_of(mailer))
    assert answer.status_code == 303
    return urlsplit(answer.headers["location"]).query


def test_as_it_begins(browser: Browser) -> None:
    assert browser.get(SETTINGS).json() == NOTHING


def test_an_address_is_confirmed_in_any_browser(site: Site, browser: Browser, mailer: MemoryMailer) -> None:
    answer = browser.put(SETTINGS, json={"email": ADDRESS})
    assert answer.json() == NOTHING | {"asked": ADDRESS}
    query = dict(parse_qsl(confirmed(site, browser, mailer)))
    assert query.pop("said") == "confirmed"
    assert set(query) == {"c", "s"}
    assert browser.get(SETTINGS).json() == NOTHING | {"email": ADDRESS}
    assert site.browser().get(SETTINGS).json() == NOTHING, "nobody else's settings"


def test_opening_the_link_confirms_nothing(site: Site, browser: Browser, mailer: MemoryMailer) -> None:
    browser.put(SETTINGS, json={"email": ADDRESS})
    link = link_of(mailer)
    for _ in range(2):
        page = site.browser().get(link)
        assert page.status_code == 200
        assert ADDRESS in page.text
        assert "form-action 'self'" in page.headers["content-security-policy"], "its button works"
        assert browser.get(SETTINGS).json() == NOTHING | {"asked": ADDRESS}, "programs open links, too"
    (action,) = re.findall('<form method="post" action="([^"]+)">', page.text)
    assert site.browser().post(urljoin(f"{SITE}{link}", html.unescape(action))).status_code == 303
    assert browser.get(SETTINGS).json() == NOTHING | {"email": ADDRESS}


def test_what_is_left_out_stays(site: Site, browser: Browser, mailer: MemoryMailer) -> None:
    confirmed(site, browser, mailer)
    assert browser.put(SETTINGS, json={"mails": False}).json() == NOTHING | {"email": ADDRESS, "mails": False}
    assert browser.put(SETTINGS, json={"pushes": False}).json()["mails"] is False
    assert browser.put(SETTINGS, json={}).json()["email"] == ADDRESS
    assert browser.put(SETTINGS, json={"email": ""}).json()["email"] == ""


@pytest.mark.parametrize("address", ["anna", "a@b, c@d", "anna@example.org\r\nBcc: eve@example.org", "a" * 401])
def test_what_is_no_address(browser: Browser, mailer: MemoryMailer, address: str) -> None:
    answer = browser.put(SETTINGS, json={"email": address})
    is_problem(answer, 422, "invalid_request" if len(address) > 400 else "bad_address")
    assert mailer.mails == []


def test_nobody_is_flooded_with_questions(site: Site, mailer: MemoryMailer) -> None:
    for _ in range(5):
        assert site.browser().put(SETTINGS, json={"email": ADDRESS}).status_code == 200
    answer = site.browser().put(SETTINGS, json={"email": ADDRESS})
    is_problem(answer, 429, "too_many_mails")
    assert answer.headers["retry-after"] == "3600"
    assert len(mailer.mails) == 5


def test_nor_by_other_ways_to_write_the_address(site: Site, mailer: MemoryMailer) -> None:
    ways = ["Anna@example.org", "ANNA@EXAMPLE.ORG", "anna+1@example.org", "anna+2@example.org", "a.n.n.a@example.org", "ａnna@example.org"]  # fmt: skip
    answers = [site.browser().put(SETTINGS, json={"email": way}).status_code for way in ways]
    assert answers == [200] * 5 + [429]
    for way in ("=?utf-8?q?anna?=@example.org", "=?utf-8?b?YW5uYQ==?=@example.org"):
        is_problem(site.browser().put(SETTINGS, json={"email": way}), 422, "bad_address")
    assert site.browser().put(SETTINGS, json={"email": "ben@example.org"}).status_code == 200


def test_a_mail_server_that_is_away(browser: Browser, mailer: MemoryMailer) -> None:
    mailer.fault = TryAgain("away")
    is_problem(browser.put(SETTINGS, json={"email": ADDRESS}), 503, "mail_unavailable")
    assert browser.get(SETTINGS).json() == NOTHING


def test_one_click_stops_without_a_cookie(site: Site, browser: Browser, mailer: MemoryMailer) -> None:
    query = confirmed(site, browser, mailer)
    stop = f"{SETTINGS}/stop?{query}"
    opened = site.browser().get(stop)
    assert opened.status_code == 303
    assert urlsplit(opened.headers["location"]).path == "/notifications"
    assert browser.get(SETTINGS).json()["mails"] is True, "a GET, which programs do unasked, stops nothing"
    assert site.browser().post(stop, **ONE_CLICK).status_code == 200
    assert browser.get(SETTINGS).json() == NOTHING | {"email": ADDRESS, "mails": False}
    assert site.browser().post(stop, **ONE_CLICK).status_code == 200


def test_another_site_cannot_click_for_somebody(site: Site, browser: Browser, mailer: MemoryMailer) -> None:
    query = confirmed(site, browser, mailer)
    answer = site.browser().post(f"{SETTINGS}/stop?{query}", headers={"Origin": "https://evil.example"})
    is_problem(answer, 403, "cross_site")
    assert browser.get(SETTINGS).json()["mails"] is True


@pytest.mark.parametrize("query", ["", "c=0123456789abcdef&s=x", "c=%00&s=%00", "c=é&s=é"])
def test_forged_links(browser: Browser, query: str) -> None:
    is_problem(browser.post(f"{SETTINGS}/stop?{query}", **ONE_CLICK), 410, "link_void")
    for answer in (browser.get(f"{SETTINGS}/confirm?{query}"), browser.post(f"{SETTINGS}/confirm?{query}")):
        assert (answer.status_code, answer.headers["location"]) == (303, "/notifications?said=void")


def test_links_lead_nowhere_else(browser: Browser) -> None:
    answer = browser.get(f"{SETTINGS}/stop", params={"c": "//evil.example\r\nX: y", "s": "&said=confirmed"})
    location = urlsplit(answer.headers["location"])
    assert (location.netloc, location.path) == ("", "/notifications")
    assert "x" not in answer.headers
    assert dict(parse_qsl(location.query)) == {"c": "//evil.example\r\nX: y", "s": "&said=confirmed"}
