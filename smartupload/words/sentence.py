"""A sentence that is not in any language yet: its key and its arguments, as they are kept in a row and read later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Union

from .catalogue import ENGLISH, catalogues
from .figures import size_text


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes, which read as `2.14 GB` in English."""

    bytes: int


_MOST = 10**24
"""What somebody sends may have a thousand digits, and no more than 28 are written."""

Argument = Union[str, int, Size, "Sentence"]
"""What may stand in a sentence. A number is written as its language does, a text as it is."""


class Sentence:
    """What is said to a person."""

    __slots__ = ("arguments", "key")

    def __init__(self, key: str, /, **arguments: Argument) -> None:
        self.key = key
        self.arguments: dict[str, Argument] = arguments

    def read(self, language: str = ENGLISH) -> str:
        """In this language. Raises KeyError for a key that nobody knows."""
        given = {name: _written(one, language) for name, one in self.arguments.items()}
        return catalogues().say(self.key, language, given)

    def __str__(self) -> str:
        """In English."""
        return self.read()

    def document(self) -> dict[str, Any]:
        """As it is kept."""
        return {"key": self.key, "arguments": {name: _document(one) for name, one in self.arguments.items()}}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Sentence:
        """And again."""
        return cls(document["key"], **{name: _argument(one) for name, one in document["arguments"].items()})


def _written(one: Argument, language: str) -> str | int:
    if isinstance(one, Size):
        return size_text(one.bytes, language)
    if isinstance(one, int):
        return max(-_MOST, min(one, _MOST))
    return one.read(language) if isinstance(one, Sentence) else one


def _document(one: Argument) -> Any:
    if isinstance(one, Size):
        return {"bytes": one.bytes}
    return one.document() if isinstance(one, Sentence) else one


def _argument(one: Any) -> Argument:
    if isinstance(one, Mapping):
        return Size(one["bytes"]) if "bytes" in one else Sentence.of(one)
    return one
