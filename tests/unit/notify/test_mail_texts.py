"""What mails say: of each file its name, size and link, in words for whoever reads them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from smartupload.service.notify import mail_texts
from smartupload.service.notify.mail_texts import Item, Words
from smartupload.service.records import recipients

SITE = "https://files.example.org"
MANAGE = f"{SITE}/notifications?c=1&s=2"
EVIL = "<img src=x onerror=alert(1)> \"&'.mov"


def item(kind: str = recipients.READY, number: int = 1, **more: Any) -> Item:
    given: dict[str, Any] = {"name": f"film-{number}.mov", "size": 2_140_000_000, "url": f"{SITE}/f/t{number}"} | more
    return Item(kind, **given)


def announcement(*items: Item) -> Words:
    return mail_texts.announcement(items, SITE, MANAGE)


class Seen(HTMLParser):
    """What of the HTML a person sees, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.links: list[str] = []
        self.tags: set[str] = set()
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._hidden += tag in ("style", "title")
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data + " "


@pytest.mark.parametrize(
    ("given", "subject", "says"),
    [
        (item(), "film-1.mov is ready", "All of it is here."),
        (item(scanned=False), "film-1.mov is ready", "not scanned for viruses"),
        (item(recipients.BLOCKED, reason="A virus was found (X)."), "film-1.mov was blocked", "A virus was found (X)."),
        (item(recipients.FAILED, reason="It was lost."), "film-1.mov did not arrive", "It was lost."),
        (item(recipients.EXPIRED), "film-1.mov did not arrive in time", "stood still for too long"),
        (
            item(recipients.REMINDER, percent=67, kept_until=datetime(2026, 12, 3, tzinfo=UTC)),
            "67 % of film-1.mov is here, open to continue",
            "kept until 3 December 2026",
        ),
        (item(recipients.REMINDER, percent=67, paused=True), "67 % of film-1.mov is here, open to continue", "Resume"),
        (item(recipients.REMINDER), "film-1.mov is not here yet, open to continue", "goes on by itself"),
        (item(mine=False), "The file you waited for is here: film-1.mov", "You wanted to know"),
        (item(recipients.BLOCKED, mine=False, reason="X"), "The file you waited for was blocked: film-1.mov", "sender"),
        (item(recipients.FAILED, mine=False), "The file you waited for did not arrive: film-1.mov", "send it again"),
        (item(recipients.EXPIRED, mine=False), "The file you waited for did not arrive: film-1.mov", "in time"),
    ],
)
def test_one_file(given: Item, subject: str, says: str) -> None:
    words = announcement(given)
    seen = Seen(words.html)
    assert words.subject == subject
    for text in (words.text, seen.words):
        for part in (subject, says, "2.14 GB"):
            assert part in text
    assert given.url in words.text
    assert given.url in seen.links


def test_several_files_make_one_mail_with_the_link_of_each() -> None:
    words = announcement(item(), item(number=2), item(recipients.FAILED, 3, reason="It was lost."))
    assert words.subject == "2 files are ready, 1 did not arrive"
    seen = Seen(words.html)
    for number in (1, 2, 3):
        assert f"film-{number}.mov" in words.text
        assert f"film-{number}.mov" in seen.words
        assert f"{SITE}/f/t{number}\n" in words.text
        assert f"{SITE}/f/t{number}" in seen.links
    assert f"{SITE}/files" in seen.links


def test_very_many_files_are_not_all_named() -> None:
    words = announcement(*(item(number=number) for number in range(mail_texts.SHOWN + 7)))
    assert words.subject == "57 files are ready"
    assert "And 7 more" in words.text
    assert words.text.count(f"{SITE}/f/") == mail_texts.SHOWN
    assert len(words.html.encode()) < 100_000, "some programs cut off what is longer"


@pytest.mark.parametrize("several", [False, True])
def test_every_mail_can_be_stopped(several: bool) -> None:
    words = announcement(*[item(), item(number=2)][: 1 + several])
    assert f"stop these mails: {MANAGE}\n" in words.text
    assert MANAGE in Seen(words.html).links


@pytest.mark.parametrize(
    "words",
    [
        announcement(item(name=EVIL)),
        announcement(item(name=EVIL), item(recipients.BLOCKED, name=EVIL, reason=EVIL)),
        announcement(item(recipients.BLOCKED, name=EVIL, reason=EVIL)),
        mail_texts.blocked_notice([(item(recipients.BLOCKED, name=EVIL, reason=EVIL), "u1")], SITE),
        mail_texts.confirmation(f"{EVIL}@example.org", f"{SITE}/x", SITE, 3),
    ],
)
def test_a_name_cannot_become_html(words: Words) -> None:
    seen = Seen(words.html)
    assert "img" not in seen.tags
    assert EVIL in seen.words
    assert seen.tags <= set("html head meta title style body div table tr td span h1 p a br".split())


def test_a_name_stays_on_its_line() -> None:
    words = announcement(item(name="a.mov\n\n-- \nhttps://evil.example"))
    assert "\n" not in words.subject
    assert words.text.count("\n-- \n") == 1


def test_names_that_look_like_sites_are_links_of_ours() -> None:
    """Mail programs make a link of big.mov, unless it is one already."""
    for words in (announcement(item()), announcement(item(), item(number=2))):
        body = words.html.partition("</head>")[2].partition("</div>")[2]
        outside = re.sub(r"<a [^>]*>.*?</a>", "", body, flags=re.DOTALL)
        assert "film-1.mov" not in outside


def test_nothing_in_a_mail_is_fetched_from_anywhere() -> None:
    html = announcement(item(), item(number=2)).html
    assert "src=" not in html
    assert "url(" not in html
    assert {link for link in re.findall(r"https?://[^\"'<\s]+", html) if not link.startswith(SITE)} == set()


def test_the_confirmation_says_where_it_comes_from_and_what_to_do() -> None:
    link = f"{SITE}/api/notifications/confirm?c=1&s=2"
    words = mail_texts.confirmation("anna@example.org", link, SITE, 3)
    assert words.subject == "Confirm this address for files.example.org"
    assert f"\n{link}\n" in words.text
    assert link in Seen(words.html).links
    for part in ("anna@example.org", "3 days", "If it was not you, do nothing"):
        assert part in words.text


def test_administrators_are_told_which_upload_it_was() -> None:
    given = item(recipients.BLOCKED, reason="A virus was found.")
    words = mail_texts.blocked_notice([(given, "u1"), (item(recipients.BLOCKED, 2), "u2")], SITE)
    assert words.subject == "Blocked: film-1.mov and 1 more"
    for part in ("A virus was found.", "Upload u1.", "Upload u2.", "film-2.mov", f"{SITE}/f/t1"):
        assert part in words.text
