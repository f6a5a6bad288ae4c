"""What a tag is: a short text on one line; large and small letters make no other one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from smartupload.errors import InvalidRequest
from smartupload.service.files import names
from smartupload.words import Sentence

MOST = 10
"""Tags of one file."""
LONGEST = 40
"""Characters of one tag."""


def _plain(raw: str) -> str:
    # Composed again at the end: a mark that is taken out may have stood between a letter and its accent.
    visible = "".join(map(names.visible, unicodedata.normalize("NFC", raw)))
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def key(tag: str) -> str:
    """By which tags are the same; empty for what is none."""
    return names.key(_plain(tag))


def clean(raw: str) -> str:
    """The tag as it is kept. Raises InvalidRequest for one that is empty or too long."""
    tag = _plain(raw)
    if not 0 < len(tag) <= LONGEST:
        raise InvalidRequest(Sentence("problem-invalid_request-tag", most=LONGEST))
    return tag


def cleaned(tags: Iterable[str]) -> dict[str, str]:
    """Tags by their key, each once, as it was written first. Raises InvalidRequest, also for more than a file may have."""
    found: dict[str, str] = {}
    for raw in tags:
        tag = clean(raw)
        found.setdefault(key(tag), tag)
    return few(found)


def few(tags: dict[str, str]) -> dict[str, str]:
    """The same tags. Raises InvalidRequest for more than a file may have."""
    if len(tags) > MOST:
        raise InvalidRequest(Sentence("problem-invalid_request-tags", most=MOST))
    return tags
