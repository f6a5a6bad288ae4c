"""What a program hands over, looked at before anything of it is kept or sent: what can be said of a file, and which headers can go out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TOKEN = re.compile(r"(sut_[A-Za-z0-9]+)?")
_VALUE = re.compile(r"[\t -~]*")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a file when its upload is begun: its name there, texts by name, and which uploader takes it."""

    name: str
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])
    uploader: str = ""


def said(name: object, metadata: object, uploader: object) -> Said:
    """Raises TypeError for what is no text, and ValueError for a text that cannot be sent; the server knows the limits.

    The sentence names the member.
    """
    if metadata is None:
        metadata = {}
    if not isinstance(metadata, Mapping):
        raise TypeError(f"metadata is of type {_kind(metadata)}: give texts by name, such as {{'ticket': '42'}}.")
    texts: dict[str, str] = {}
    for member, text in cast(Mapping[object, object], metadata).items():
        known = _text(member, f"The name {member!r} in metadata")
        texts[known] = _text(text, f"metadata[{known!r}]")
    return Said(_text(name, "name"), texts, _text(uploader, "uploader"))


def headers(given: object) -> dict[str, str]:
    """Those that go with every call. Raises TypeError and ValueError as `said` does, and says no value: it may be a secret."""
    if not isinstance(given, Mapping):
        raise TypeError(
            f"headers is of type {_kind(given)}: give texts by name, such as {{'Authorization': 'Bearer …'}}."
        )
    found: dict[str, str] = {}
    for name, value in cast(Mapping[object, object], given).items():
        if not isinstance(name, str) or not _HEADER.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a header. Write one like Authorization.")
        if not isinstance(value, str) or not _VALUE.fullmatch(value):
            raise ValueError(f"What the header {name} says cannot be sent: it takes printable ASCII in one line.")
        found[name] = value
    return found


def token(given: object) -> str:
    """Empty for none. Raises TypeError and ValueError, and does not say it: it is a secret."""
    if not isinstance(given, str):
        raise TypeError(f"token is of type {_kind(given)}: give a text.")
    text = given.strip()
    if not _TOKEN.fullmatch(text):
        raise ValueError("The token is none. It is one word that begins with sut_, as the site has shown it.")
    return text


def is_sendable(text: str) -> bool:
    """Whether it is UTF-8: an argument or a file name of other bytes comes with half characters in their places."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{what} is of type {_kind(value)}: give a text.")
    if not is_sendable(value):
        raise ValueError(f"{what} is no text in UTF-8: {value[:80]!r}.")
    return value


def _kind(value: object) -> str:
    return type(value).__name__
