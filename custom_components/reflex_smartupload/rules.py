"""What an uploader of a page may be made of: each argument's type, and the limits of what is said of a file, which are the server's."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import reflex as rx

MAX_MEMBERS = 20
MAX_TEXT = 1000
"""Characters of one text."""
MAX_BYTES = 4096
"""Of all of it as JSON."""

_MEMBER = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def text(name: str, value: Any) -> str:
    """The same. Raises TypeError when it is no text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is {value!r}: give a text")
    return value


def number(name: str, value: Any) -> int:
    """The same. Raises TypeError when it is no number, ValueError when it is less than 1."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} is {value!r}: give a whole number")
    if value < 1:
        raise ValueError(f"{name} is {value}: it is 1 or more")
    return value


def truth(name: str, value: Any) -> bool:
    """The same. Raises TypeError when it is neither True nor False."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}: give True or False")
    return value


def metadata(given: Any) -> dict[str, Any]:
    """Texts and Vars by name. Raises TypeError and ValueError for what no upload could go with, whatever the Vars say."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise TypeError(f"metadata is {given!r}: give texts or Vars by name, such as {{'ticket': State.ticket}}")
    said: dict[str, Any] = {}
    for name, value in given.items():
        said[_named(name)] = _said(name, value)
    if len(said) > MAX_MEMBERS:
        raise ValueError(f"metadata has {len(said)} members: {MAX_MEMBERS} are the most")
    # A Var is an empty text at least.
    texts = {name: value if isinstance(value, str) else "" for name, value in said.items()}
    if (size := len(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode())) > MAX_BYTES:
        longest = max(texts, key=lambda name: len(texts[name].encode()))
        raise ValueError(
            f"metadata is {size:,} bytes as JSON: {MAX_BYTES:,} are the most. Shorten {longest!r}, the longest of it"
        )
    return said


def _named(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(f"the name {name!r} in metadata is no text")
    if not _MEMBER.fullmatch(name):
        raise ValueError(f"{name!r} is no name for metadata: write up to 64 letters, digits, _, . and -")
    if name == "__proto__":
        raise ValueError(
            "__proto__ is no name for metadata: JavaScript has a use of its own for it, so it would be lost"
        )
    return name


def _said(name: str, value: Any) -> Any:
    if isinstance(value, rx.Var):
        return value
    if not isinstance(value, str):
        raise TypeError(f"the metadata {name} is {value!r}: give a text or a Var")
    if len(value) > MAX_TEXT:
        raise ValueError(f"the metadata {name} is {len(value):,} characters long: {MAX_TEXT:,} are the most")
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise ValueError(f"the metadata {name} holds a NUL or half a character, which nobody can keep")
    return value
