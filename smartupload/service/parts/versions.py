"""Which states of a browser's file a part is known to be part of, and whether one of them has all parts: only then may a file be made."""

from __future__ import annotations

from collections.abc import Iterable

from smartupload.models import Part

MOST = 16
"""Of so many a part knows; the newest stay."""


def of(part: Part) -> list[str]:
    """The names of the versions that vouch for a part, the oldest first; the empty one is whoever gave no name.

    Nobody vouches for a part that is forgotten.
    """
    return [] if part.versions is None else part.versions.split(" ")


def with_one_more(part: Part | None, version: str) -> str:
    """What a part has to say once this version vouches for it, too."""
    names = [] if part is None else of(part)
    return " ".join((names if version in names else [*names, version])[-MOST:])


def of_all(parts: Iterable[Part]) -> str | None:
    """What an upload has to say of whoever vouches for all of these parts; None when nobody does."""
    names = [of(part) for part in parts]
    common = [name for name in names[0] if all(name in others for others in names)] if names else []
    return " ".join(common) if common else None


def vouched(parts: Iterable[Part]) -> set[int]:
    """Those of the parts for which one version vouches: the one with the most, of several the first by its name."""
    numbers: dict[str, set[int]] = {}
    for part in parts:
        for version in of(part):
            numbers.setdefault(version, set()).add(part.number)
    return max((numbers[version] for version in sorted(numbers)), key=len, default=set[int]())
