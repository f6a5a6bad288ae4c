"""What a file's first bytes show, and whether that is what its name and the allow-list say."""

from __future__ import annotations

import fnmatch

from smartupload.errors import TypeMismatch
from smartupload.service.files import limits, magic_numbers, media_types
from smartupload.service.files.magic_numbers import Kind
from smartupload.settings import Settings
from smartupload.words import Sentence

HEAD = 4096
"""Bytes that are looked at."""

_FAMILY_OF_EXTENSION = {
    extension: family for family, extensions in magic_numbers.FAMILIES.items() for extension in extensions.split()
}
_KIND_OF_TYPE = {kind.types[0]: kind for kind in vars(magic_numbers).values() if isinstance(kind, Kind)}
_MEANINGFUL = {"audio", "font", "image", "model", "text", "video"}
"""Top-level media types that no program has."""


def wanted(size: int) -> int:
    """How many of a file's first bytes are looked at."""
    return min(HEAD, size)


def check(settings: Settings, name: str, declared: str, head: bytes) -> str:
    """The media type that the bytes show, empty when they show none. Raises TypeNotAllowed, TypeMismatch.

    Only certain signs count: bytes that show nothing are what the name says, and what is declared where that says nothing either.
    """
    kind = magic_numbers.recognise(head[:HEAD])
    if kind is not None:
        extension = media_types.extension_of(name)
        family = _FAMILY_OF_EXTENSION.get(extension)
        if family is not None:
            if family not in kind.families:
                said = Sentence("problem-type_mismatch-name", kind=_said(kind), extension=extension)
                raise TypeMismatch(said)
        elif _contradicts(kind, declared):
            raise TypeMismatch(Sentence("problem-type_mismatch-type", kind=_said(kind), type=declared))
    recognised = _type(kind, name, declared, head[:HEAD]) if kind is not None else ""
    limits.check_type(settings, name, declared, recognised)
    return recognised


def _contradicts(kind: Kind, declared: str) -> bool:
    """Whether a file of this kind cannot be of the declared type, when its name says nothing."""
    other = _KIND_OF_TYPE.get(declared)
    if other is not None:
        return not set(other.families) & set(kind.families)
    return kind.families == (magic_numbers.PROGRAM,) and declared.partition("/")[0] in _MEANINGFUL


def _type(kind: Kind, name: str, declared: str, head: bytes) -> str:
    """The most exact type that is right for this kind and no other kind's own: as the name says, as the bytes do, as it is declared."""
    inside = magic_numbers.inside(kind, head)
    return next((one for one in (*_said_by(name, declared), inside, declared) if _fits(kind, one)), kind.types[0])


def _said_by(name: str, declared: str) -> list[str]:
    """What the name says, the one first that is declared, too."""
    meanings = media_types.of_name(name)
    return [declared for meaning in meanings if declared in meaning] + [meaning[0] for meaning in meanings]


def _fits(kind: Kind, one: str) -> bool:
    if one == media_types.UNKNOWN or _KIND_OF_TYPE.get(one, kind) is not kind:
        return False
    return any(fnmatch.fnmatchcase(one, glob) for glob in kind.types)


def _said(kind: Kind) -> Sentence:
    return Sentence(f"kind-{kind.key}")
