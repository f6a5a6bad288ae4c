"""Whose language it is just now: that of the request, the tab or the reader of a mail at hand, else English."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from contextvars import ContextVar

from .catalogue import ENGLISH
from .sentence import Argument, Sentence

# A request's own threads have a copy of it; what goes on by itself, logs and commands have none, so they are English.
_language: ContextVar[str] = ContextVar("smartupload_language", default=ENGLISH)


def language() -> str:
    """The one at hand."""
    return _language.get()


@contextlib.contextmanager
def speaking(other: str) -> Generator[None]:
    """This one, as long as the block lasts; an empty one is English."""
    before = _language.set(other or ENGLISH)
    try:
        yield
    finally:
        _language.reset(before)


def say(key: str, **arguments: Argument) -> str:
    """The sentence in the language at hand. Raises KeyError for a key that nobody knows."""
    return Sentence(key, **arguments).read(language())
