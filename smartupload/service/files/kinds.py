"""What a file's first bytes show, and whether that is what its name and the allow-list say."""

from __future__ import annotations

import fnmatch

from smartupload.errors import TypeMismatch
from smartupload.service.files import limits, magic_numbers
from smartupload.service.files.magic_numbers import Kind
from smartupload.settings import Settings

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

    Only certain signs count: bytes that show nothing are what the name says.
    """
    kind = magic_numbers.recognise(head[:HEAD])
    if kind is None:
        return ""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    family = _FAMILY_OF_EXTENSION.get(extension)
    if family is not None:
        if family not in kind.families:
            raise _mismatch(kind, f"its name ends in .{extension}")
    elif _contradicts(kind, declared):
        raise _mismatch(kind, f"it is sent as {declared}")
    recognised = _type(kind, declared)
    # An extension on the list allows what such files hold; what the bytes show else has to be on the list itself.
    if not any(entry.startswith(".") and name.lower().endswith(entry) for entry in settings.allowed_types):
        limits.check_type(settings, "", recognised)
    return recognised


def _contradicts(kind: Kind, declared: str) -> bool:
    """Whether a file of this kind cannot be of the declared type, when its name says nothing."""
    other = _KIND_OF_TYPE.get(declared)
    if other is not None:
        return not set(other.families) & set(kind.families)
    return kind.families == (magic_numbers.PROGRAM,) and declared.partition("/")[0] in _MEANINGFUL


def _type(kind: Kind, declared: str) -> str:
    """The declared type where it is right for this kind and no other kind's own."""
    if _KIND_OF_TYPE.get(declared, kind) is kind and any(fnmatch.fnmatchcase(declared, glob) for glob in kind.types):
        return declared if declared != limits.UNKNOWN_TYPE else kind.types[0]
    return kind.types[0]


def _mismatch(kind: Kind, claim: str) -> Exception:
    return TypeMismatch(f"This is {kind.words}, though {claim}. Give it its right name, or choose another file.")
