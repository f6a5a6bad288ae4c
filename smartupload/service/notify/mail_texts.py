"""What mails say, in plain text and in HTML: one file, several at once, a confirmation, a word to administrators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from smartupload import words
from smartupload.ports import Mail
from smartupload.service.files.direction import isolated
from smartupload.service.files.sizes import size_text
from smartupload.service.notify.mail_html import Button, Document, Entry, Line, render
from smartupload.service.records import recipients
from smartupload.words import figures, say

SHOWN = 50
"""Files in one mail; some programs cut off what is longer."""


@dataclass(frozen=True, slots=True)
class Words:
    """A mail without its address."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Item:
    """What happened to one upload. `size` in bytes, `percent` 0-99 of it is there.

    `url`: where a click leads. `mine`: the reader sent it; else they waited for it. `reason`: a sentence, for what was
    blocked or has failed. `kept_until` and `paused` matter for reminders, `scanned` for what is ready.
    """

    kind: str
    name: str
    size: int
    url: str
    mine: bool = True
    reason: str = ""
    percent: int = 0
    kept_until: datetime | None = None
    paused: bool = False
    scanned: bool = True


@dataclass(frozen=True, slots=True)
class _Wording:
    title: str
    state: str
    sentence: str
    action: str
    tone: str


def mail_to(address: str, said: Words, headers: Mapping[str, str] | None = None) -> Mail:
    """The words, on their way to an address."""
    return Mail(address, said.subject, said.text, said.html, headers or {})


def announcement(items: Sequence[Item], site_url: str, manage_url: str) -> Words:
    """One mail about everything that has happened, at least one thing. `manage_url`: changes the address or stops."""
    wording = [_wording(item) for item in items]
    foot = (
        Line(say("mail-foot", site=_host(site_url))),
        Line(say("mail-manage"), manage_url),
    )
    if len(items) == 1:
        return _single(items[0], wording[0], foot)
    entries = [
        Entry(_plain(item.name), size_text(item.size), item.url, one.state, one.sentence, one.tone)
        for item, one in zip(items[:SHOWN], wording, strict=False)
    ]
    more = len(items) - SHOWN
    files_url = f"{site_url}/files"
    lead = Line(say("mail-more", count=more), files_url) if more > 0 else None
    button = Button(say("mail-open-files"), files_url) if any(item.mine for item in items) else None
    title = _several(items)
    preview = ", ".join(entry.name for entry in entries)
    text = [title, "", *(line for entry in entries for line in (*_entry_text(entry), ""))]
    text += [lead.text, files_url, ""] if lead else []
    return Words(title, _text(text, foot), render(Document(title, preview, entries, lead, button, foot)))


def confirmation(address: str, link: str, site_url: str, days: int) -> Words:
    """Asks whether the address is right."""
    host = _host(site_url)
    subject, title = say("mail-confirm-subject", site=host), say("mail-confirm-title")
    sentence = say("mail-confirm", site=host, address=address)
    other = say("mail-confirm-foot", days=days)
    entry = Entry("", "", link, "", sentence, "")
    document = Document(title, sentence, [entry], None, Button(say("mail-confirm-button"), link), (Line(other),))
    return Words(subject, _text([title, "", sentence, "", link, ""], (Line(other),)), render(document))


def blocked_notice(items: Sequence[tuple[Item, str]], site_url: str) -> Words:
    """Tells an administrator of blocked files, each with the id of its upload."""
    first, more = _plain(items[0][0].name), len(items) - 1
    title = say("mail-admin-several", name=first, count=more) if more else say("mail-admin", name=first)
    entries = [
        Entry(
            _plain(item.name),
            size_text(item.size),
            item.url,
            say("mail-state-blocked"),
            say("mail-admin-reason", reason=_plain(item.reason), upload=upload_id),
            "bad",
        )
        for item, upload_id in items[:SHOWN]
    ]
    foot = (Line(say("mail-admin-foot", site=_host(site_url))),)
    text = [title, "", *(line for entry in entries for line in (*_entry_text(entry), ""))]
    return Words(title, _text(text, foot), render(Document(title, entries[0].sentence, entries, None, None, foot)))


def _single(item: Item, wording: _Wording, foot: Sequence[Line]) -> Words:
    name, size = _plain(item.name), size_text(item.size)
    entry = Entry(name, size, item.url, wording.state, wording.sentence, wording.tone)
    text = [wording.title, "", say("mail-file", name=name, size=size), wording.sentence, item.url, ""]
    document = Document(wording.title, wording.sentence, [entry], None, Button(wording.action, item.url), foot)
    return Words(wording.title, _text(text, foot), render(document))


def _wording(item: Item) -> _Wording:
    return _mine(item) if item.mine else _awaited(item)


def _mine(item: Item) -> _Wording:
    name = _plain(item.name)
    match item.kind:
        case recipients.READY:
            sentence = say("mail-ready") if item.scanned else say("mail-ready-unscanned")
            return _Wording(
                say("mail-ready-title", name=name), say("mail-state-ready"), sentence, say("mail-open"), "good"
            )
        case recipients.BLOCKED:
            reason, action = _plain(item.reason) or say("mail-blocked"), say("mail-see-file")
            return _Wording(say("mail-blocked-title", name=name), say("mail-state-blocked"), reason, action, "bad")
        case recipients.EXPIRED:
            title, state = say("mail-expired-title", name=name), say("mail-state-expired")
            return _Wording(title, state, say("mail-expired"), say("mail-send-again"), "bad")
        case recipients.REMINDER:
            return _reminder(item, name)
        case _:
            reason, action = _plain(item.reason) or say("mail-failed"), say("mail-send-again")
            return _Wording(say("mail-failed-title", name=name), say("mail-state-failed"), reason, action, "bad")


def _reminder(item: Item, name: str) -> _Wording:
    percent = item.percent
    title = say("mail-waits-title", percent=percent, name=name) if percent else say("mail-waits-title-none", name=name)
    paused = "-paused" if item.paused else ""
    if item.kept_until:
        day = figures.day_text(item.kept_until, words.language())
        sentence = say(f"mail-waits{paused}-until", day=day)
    else:
        sentence = say(f"mail-waits{paused}")
    return _Wording(title, say(f"mail-state-waits{paused}", percent=percent), sentence, say("mail-continue"), "warn")


def _awaited(item: Item) -> _Wording:
    """For somebody who waited: whatever went wrong, only the sender can mend it."""
    name = _plain(item.name)
    match item.kind:
        case recipients.READY:
            sentence = say("mail-awaited-ready") if item.scanned else say("mail-awaited-ready-unscanned")
            title = say("mail-awaited-ready-title", name=name)
            return _Wording(title, say("mail-state-ready"), sentence, say("mail-open"), "good")
        case recipients.BLOCKED:
            title, sentence = say("mail-awaited-blocked-title", name=name), say("mail-awaited-blocked")
            return _Wording(title, say("mail-state-blocked"), sentence, say("mail-see-its"), "bad")
        case recipients.EXPIRED:
            sentence = say("mail-awaited-expired")
        case _:
            sentence = say("mail-awaited-failed")
    title = say("mail-awaited-failed-title", name=name)
    return _Wording(title, say("mail-state-failed"), sentence, say("mail-see-its"), "bad")


#: kind of event -> what it is called in the keys of sentences about several
_SEVERAL = {
    recipients.READY: "ready",
    recipients.BLOCKED: "blocked",
    recipients.FAILED: "failed",
    recipients.EXPIRED: "expired",
    recipients.REMINDER: "waits",
}


def _several(items: Sequence[Item]) -> str:
    """For example `2 files are ready, 1 was blocked`."""
    counts = Counter(item.kind for item in items)
    said = ""
    for kind, called in _SEVERAL.items():
        if not counts[kind]:
            continue
        if said:
            said = say("mail-and", said=said, next=say(f"mail-also-{called}", count=counts[kind]))
        else:
            said = say(f"mail-several-{called}", count=counts[kind])
    return said


def _entry_text(entry: Entry) -> list[str]:
    return [say("mail-line", name=entry.name, size=entry.size, state=entry.state), entry.sentence, entry.url]


def _text(lines: Sequence[str], foot: Sequence[Line]) -> str:
    below = [f"{line.text}: {line.url}" if line.url else line.text for line in foot]
    return "\n".join([*lines, "-- ", *below, ""])


def _plain(text: str) -> str:
    """On one line, whatever it holds, and whichever way it runs."""
    return isolated(re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", text).strip())


def _host(site_url: str) -> str:
    return urlsplit(site_url).netloc
