"""Where an object lies: at one key from its first byte on. Nothing signs a download of it before its upload is ready."""

from __future__ import annotations

from smartupload.models import Upload
from smartupload.ports import StoredObject


def object_key(upload_id: str, epoch: int) -> str:
    """Where an epoch's object lies. Each has its own, so that deleting an old one can never hit a new one."""
    return f"uploads/{upload_id}/{epoch}"


def left_keys(row: Upload) -> list[str]:
    """Where something of earlier epochs could have been left, and what an older version of the app had made a copy of."""
    return [key for epoch in range(1, row.epoch + 1) if (key := object_key(row.id, epoch)) != row.key]


def copied_key(row: Upload) -> str:
    """Where an older version of the app put a copy once the file was ready."""
    return f"files/{row.id}/{row.epoch}"


def is_whole(row: Upload, found: StoredObject | None) -> bool:
    """Whether this object is all of the row's file."""
    if found is None or found.size != row.size:
        return False
    return found.checksum is None or same(found.checksum, row.checksum)


def same(one: str | None, other: str | None) -> bool:
    """Whether two composite checksums agree; not every store says the number of parts behind its own."""
    return (one or "").partition("-")[0] == (other or "").partition("-")[0]
