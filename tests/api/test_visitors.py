"""What counts as a download of a limited link: who got the file, and nobody who only looked at the link."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import SITE, Browser, Site

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
)
CUBOT = "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
CLICK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-User": "?1", "Sec-Fetch-Dest": "document"}  # fmt: skip
FROM_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}

LOOKERS = {
    "Slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack's pictures": "Slack-ImgProxy 1.19 (+https://api.slack.com/robots)",
    "Teams and Skype": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "WhatsApp": "WhatsApp/2.23.20.0 A",
    "Telegram": "TelegramBot (like TwitterBot)",
    "Discord": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Facebook": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Line": "facebookexternalhit/1.1;line-poker/1.0",
    "iMessage": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "LinkedIn": "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "KakaoTalk": "facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/",
    "Viber": "Viber/23.6.0.1",
    "Mattermost": "Mattermost-Bot/1.1",
    "Google": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Google's pictures in mails": "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Bing": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/103.0.5060.134 Safari/537.36",
    "Word": "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Outlook": "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17726; Pro)",
    "Barracuda": "Mozilla/5.0 (compatible; Barracuda Sentinel (EE))",
    "Mimecast": "Mozilla/5.0 (compatible; Mimecast-URL-Check/1.0)",
    "urlscan": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/141.0.0.0 Safari/537.36 urlscan.io",
    "Zoom": "Mozilla/5.0 (compatible; ZoomBot/1.0)",
    "Mastodon": "http.rb/5.1.1 (Mastodon/4.2.1; +https://example.org/) Bot",
    "nobody who says so": "",
}  # fmt: skip


class Limited:
    """A file behind a link that is good for five downloads."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.owner: Browser = site.browser()
        self.upload = self.owner.uploads("report.pdf", 300, type="application/octet-stream")
        self.token = self.upload["share_token"]
        self.path = f"/api/shared/{self.token}/download"
        self.limit(5)

    def limit(self, downloads: int) -> None:
        self.owner.put(f"/api/uploads/{self.upload['id']}/link", json={"downloads_left": downloads})

    @property
    def taken(self) -> int:
        return 5 - self.owner.get(f"/api/uploads/{self.upload['id']}/link").json()["downloads_left"]

    def somebody(self, agent: str, address: str = "203.0.113.7", **headers: str) -> TestClient:
        """Who comes from an address, with a cookie jar of their own."""
        return TestClient(
            self.site.app,
            base_url=SITE,
            follow_redirects=False,
            client=(address, 4711),
            headers={"User-Agent": agent, **headers},
        )

    def is_store(self, answer: Any) -> bool:
        return answer.status_code == 302 and "X-Amz-Signature" in answer.headers["location"]

    def is_page(self, answer: Any) -> bool:
        return answer.status_code == 302 and answer.headers["location"] == f"/f/{self.token}"


@pytest.fixture
def limited(site: Site) -> Limited:
    return Limited(site)


def test_what_looks_at_links_for_others_gets_the_page_and_counts_nothing(limited: Limited) -> None:
    for who, agent in LOOKERS.items():
        assert limited.is_page(limited.somebody(agent).get(limited.path)), who
        # With the headers of a click as well: some run a whole browser.
        assert limited.is_page(limited.somebody(agent).get(limited.path, headers=CLICK)), who
    assert limited.taken == 0


def test_a_scanner_that_poses_as_a_browser_has_not_clicked(limited: Limited) -> None:
    for _ in range(3):
        assert limited.is_page(limited.somebody(CHROME).get(limited.path))
    elsewhere = {"Referer": "https://mail.example.org/"}
    assert limited.is_page(limited.somebody(CHROME).get(limited.path, headers=elsewhere))
    assert limited.taken == 0


def test_head_says_what_it_is_and_counts_nothing(limited: Limited) -> None:
    for agent in (CHROME, "curl/8.5.0", LOOKERS["WhatsApp"]):
        answer = limited.somebody(agent).head(limited.path)
        assert answer.status_code == 200
        assert answer.headers["content-length"] == "300"
        assert answer.headers["content-disposition"] == 'attachment; filename="report.pdf"'
        assert answer.content == b""
    assert limited.taken == 0
    limited.limit(0)
    assert limited.somebody("curl/8.5.0").head(limited.path).status_code == 410


@pytest.mark.parametrize(
    ("agent", "headers", "looks_first"),
    [
        (CHROME, CLICK, False),
        (CHROME, CLICK | {"Sec-Fetch-Site": "none"}, False),
        (CHROME, FROM_PAGE, False),
        (CUBOT, CLICK, False),
        (CHROME, {"Referer": f"{SITE}/f/token"}, False),
        (CHROME, {}, True),
        ("curl/8.5.0", {}, False),
        ("Wget/1.21.3", {}, False),
        ("python-requests/2.32", {}, False),
        ("aria2/1.37.0", {"Range": "bytes=100-"}, False),
    ],
    ids=["a link elsewhere", "the address bar", "the page", "a telephone", "no HTTPS", "a cookie", "curl", "wget", "Python", "a download manager"],
)  # fmt: skip
def test_whoever_wants_the_file_counts_once(
    limited: Limited, agent: str, headers: dict[str, str], looks_first: bool
) -> None:
    visitor = limited.somebody(agent)
    if looks_first:
        assert visitor.get(f"/f/{limited.token}").status_code == 200
    for _ in range(3):
        assert limited.is_store(visitor.get(limited.path, headers=headers))
    assert limited.taken == 1


def test_ranges_breaks_and_connections_of_a_program_without_cookies_count_once(limited: Limited) -> None:
    for at in range(0, 300, 50):
        program = limited.somebody("aria2/1.37.0")
        assert limited.is_store(program.get(limited.path, headers={"Range": f"bytes={at}-{at + 49}"}))
    assert limited.taken == 1
    limited.somebody("aria2/1.37.0", address="203.0.113.8").get(limited.path)
    assert limited.taken == 2, "from another place"
    limited.somebody("curl/8.5.0").get(limited.path)
    assert limited.taken == 3, "with another program"


def test_the_first_request_of_a_browser_and_the_next_ones_are_one_visitor(limited: Limited) -> None:
    browser = limited.somebody(CHROME, **CLICK)
    assert limited.is_store(browser.get(limited.path))
    assert browser.cookies
    assert limited.is_store(browser.get(limited.path))
    # And its download manager, which does not take the cookie along.
    assert limited.is_store(limited.somebody(CHROME, **CLICK).get(limited.path))
    assert limited.taken == 1


def test_colleagues_behind_one_address_are_several(limited: Limited) -> None:
    for _ in range(3):
        colleague = limited.somebody(CHROME)
        colleague.get(f"/f/{limited.token}")
        assert limited.is_store(colleague.get(limited.path, headers=FROM_PAGE))
    assert limited.taken == 3


def test_a_broken_download_goes_on_when_it_was_the_last_one(limited: Limited) -> None:
    limited.limit(1)
    first, second = limited.somebody(CHROME, **CLICK), limited.somebody(CHROME, **CLICK)
    for one in (first, second):
        one.get(f"/f/{limited.token}")
    assert limited.is_store(first.get(limited.path))
    assert second.get(limited.path, headers={"Accept": "application/json"}).status_code == 410
    assert limited.is_store(first.get(limited.path, headers={"Range": "bytes=100-"}))


def test_a_link_without_a_limit_gives_it_to_all(limited: Limited) -> None:
    limited.owner.put(f"/api/uploads/{limited.upload['id']}/link", json={})
    for agent in (CHROME, "curl/8.5.0", LOOKERS["Slack"]):
        assert limited.is_store(limited.somebody(agent).get(limited.path))
