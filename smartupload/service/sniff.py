"""What a file's first bytes show, and whether that is what its name and the allow-list say."""

from __future__ import annotations

from smartupload.settings import Settings

HEAD = 4096
"""Bytes that are looked at."""


def check(settings: Settings, name: str, claimed: str, head: bytes) -> str:
    """The media type that the bytes show, empty when they show none. Raises TypeNotAllowed, TypeMismatch."""
    return ""
