"""What mails say, in plain text and in HTML: one file, several at once, a confirmation, a word to administrators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from smartupload.ports import Mail
from smartupload.service.files.direction import isolated
from smartupload.service.files.sizes import size_text
from smartupload.service.notify.mail_html import Button, Document, Entry, Line, render
from smartupload.service.records import recipients

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


def mail_to(address: str, words: Words, headers: Mapping[str, str] | None = None) -> Mail:
    """The words, on their way to an address."""
    return Mail(address, words.subject, words.text, words.html, headers or {})


def announcement(items: Sequence[Item], site_url: str, manage_url: str) -> Words:
    """One mail about everything that has happened, at least one thing. `manage_url`: changes the address or stops."""
    wording = [_wording(item) for item in items]
    foot = (
        Line(f"You get this mail because somebody gave this address at {_host(site_url)}."),
        Line("Change the address or stop these mails", manage_url),
    )
    if len(items) == 1:
        return _single(items[0], wording[0], foot)
    entries = [
        Entry(_plain(item.name), size_text(item.size), item.url, one.state, one.sentence, one.tone)
        for item, one in zip(items[:SHOWN], wording, strict=False)
    ]
    more = len(items) - SHOWN
    files_url = f"{site_url}/files"
    lead = Line(f"And {more} more, all of them under Files.", files_url) if more > 0 else None
    button = Button("Open Files", files_url) if any(item.mine for item in items) else None
    title = _several(items)
    preview = ", ".join(entry.name for entry in entries)
    text = [title, "", *(line for entry in entries for line in (*_entry_text(entry), ""))]
    text += [lead.text, files_url, ""] if lead else []
    return Words(title, _text(text, foot), render(Document(title, preview, entries, lead, button, foot)))


def confirmation(address: str, link: str, site_url: str, days: int) -> Words:
    """Asks whether the address is right."""
    host = _host(site_url)
    subject = f"Confirm this address for {host}"
    sentence = (
        f"Somebody, probably you, asked {host} to write to {address} when files are ready. "
        "Confirm the address, and you get what has happened since."
    )
    other = f"The link is good for {days} days. If it was not you, do nothing: no other mail will come."
    entry = Entry("", "", link, "", sentence, "")
    document = Document(
        "Is this your address?", sentence, [entry], None, Button("Yes, write to me here", link), (Line(other),)
    )
    return Words(
        subject, _text(["Is this your address?", "", sentence, "", link, ""], (Line(other),)), render(document)
    )


def blocked_notice(items: Sequence[tuple[Item, str]], site_url: str) -> Words:
    """Tells an administrator of blocked files, each with the id of its upload."""
    title = f"Blocked: {_plain(items[0][0].name)}" + (f" and {len(items) - 1} more" if len(items) > 1 else "")
    entries = [
        Entry(
            _plain(item.name),
            size_text(item.size),
            item.url,
            "Blocked",
            f"{_plain(item.reason)} Upload {upload_id}.",
            "bad",
        )
        for item, upload_id in items[:SHOWN]
    ]
    foot = (
        Line(f"You get this mail because {_host(site_url)} names you as one of its administrators (ADMIN_EMAILS)."),
    )
    text = [title, "", *(line for entry in entries for line in (*_entry_text(entry), ""))]
    return Words(title, _text(text, foot), render(Document(title, entries[0].sentence, entries, None, None, foot)))


def _single(item: Item, wording: _Wording, foot: Sequence[Line]) -> Words:
    name, size = _plain(item.name), size_text(item.size)
    entry = Entry(name, size, item.url, wording.state, wording.sentence, wording.tone)
    text = [wording.title, "", f"{name}, {size}", wording.sentence, item.url, ""]
    document = Document(wording.title, wording.sentence, [entry], None, Button(wording.action, item.url), foot)
    return Words(wording.title, _text(text, foot), render(document))


def _wording(item: Item) -> _Wording:
    return _mine(item) if item.mine else _awaited(item)


def _mine(item: Item) -> _Wording:
    name = _plain(item.name)
    match item.kind:
        case recipients.READY:
            sentence = "All of it is here. Open it, or send its link to whoever waits for it."
            unscanned = "" if item.scanned else " It was not scanned for viruses."
            return _Wording(f"{name} is ready", "Ready", sentence + unscanned, "Open the file", "good")
        case recipients.BLOCKED:
            reason = _plain(item.reason) or "It did not pass the check, so nobody can open it."
            return _Wording(f"{name} was blocked", "Blocked", reason, "See the file's page", "bad")
        case recipients.EXPIRED:
            sentence = (
                "It stood still for too long, so what was here has been removed. Drop the file again to start anew."
            )
            return _Wording(f"{name} did not arrive in time", "Expired", sentence, "Send it again", "bad")
        case recipients.REMINDER:
            return _reminder(item, name)
        case _:
            reason = _plain(item.reason) or "It did not arrive. Drop the file again."
            return _Wording(f"{name} did not arrive", "Failed", reason, "Send it again", "bad")


def _reminder(item: Item, name: str) -> _Wording:
    is_here = f"{item.percent} % of {name} is here" if item.percent else f"{name} is not here yet"
    sentence = "Open the page in the browser that you sent it from, and it goes on by itself."
    if item.paused:
        sentence = "You paused it. Open the page in the browser that you sent it from, and press Resume."
    if item.kept_until:
        day = item.kept_until
        sentence += f" What is here is kept until {day.day} {day:%B %Y}."
    state = f"{'Paused at' if item.paused else 'Waits at'} {item.percent} %"
    return _Wording(f"{is_here}, open to continue", state, sentence, "Continue", "warn")


def _awaited(item: Item) -> _Wording:
    """For somebody who waited: whatever went wrong, only the sender can mend it."""
    name = _plain(item.name)
    match item.kind:
        case recipients.READY:
            sentence = "You wanted to know: all of it is here now."
            unscanned = "" if item.scanned else " It was not scanned for viruses."
            title = f"The file you waited for is here: {name}"
            return _Wording(title, "Ready", sentence + unscanned, "Open the file", "good")
        case recipients.BLOCKED:
            sentence = "It did not pass the check, so nobody can open it. Ask the sender for another one."
            return _Wording(f"The file you waited for was blocked: {name}", "Blocked", sentence, "See its page", "bad")
        case recipients.EXPIRED:
            sentence = "It did not arrive in time. Ask the sender to send it again."
        case _:
            sentence = "It did not arrive. Ask the sender to send it again."
    return _Wording(f"The file you waited for did not arrive: {name}", "Failed", sentence, "See its page", "bad")


_PLURALS = {
    recipients.READY: ("is ready", "are ready"),
    recipients.BLOCKED: ("was blocked", "were blocked"),
    recipients.FAILED: ("did not arrive", "did not arrive"),
    recipients.EXPIRED: ("did not arrive in time", "did not arrive in time"),
    recipients.REMINDER: ("waits to go on", "wait to go on"),
}


def _several(items: Sequence[Item]) -> str:
    """For example `2 files are ready, 1 was blocked`."""
    counts = Counter(item.kind for item in items)
    parts: list[str] = []
    for kind, (one, many) in _PLURALS.items():
        count = counts[kind]
        if count:
            noun = "" if parts else (" file" if count == 1 else " files")
            parts.append(f"{count}{noun} {one if count == 1 else many}")
    return ", ".join(parts)


def _entry_text(entry: Entry) -> list[str]:
    return [f"{entry.name}, {entry.size}: {entry.state}", entry.sentence, entry.url]


def _text(lines: Sequence[str], foot: Sequence[Line]) -> str:
    below = [f"{line.text}: {line.url}" if line.url else line.text for line in foot]
    return "\n".join([*lines, "-- ", *below, ""])


def _plain(text: str) -> str:
    """On one line, whatever it holds, and whichever way it runs."""
    return isolated(re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", text).strip())


def _host(site_url: str) -> str:
    return urlsplit(site_url).netloc
