"""Where an object lies before and after it is published; nothing ever signs a download of what is in quarantine."""

from __future__ import annotations

from smartupload.models import Upload
from smartupload.ports import StoredObject


def quarantine_key(row: Upload) -> str:
    """Where the bytes of the row's epoch arrive."""
    return object_key(row.id, row.epoch)


def object_key(upload_id: str, epoch: int) -> str:
    """Where an epoch's object lies. Each has its own, so that deleting an old one can never hit a new one."""
    return f"uploads/{upload_id}/{epoch}"


def earlier_keys(row: Upload) -> list[str]:
    """Where the objects of earlier epochs would lie, had something been left there."""
    return [object_key(row.id, epoch) for epoch in range(1, row.epoch)]


def published_key(row: Upload) -> str:
    """Where the file lies once anybody may have it."""
    return f"files/{row.id}/{row.epoch}"


def is_whole(row: Upload, found: StoredObject | None, copied: bool = False) -> bool:
    """Whether this object is all of the row's file. A copy may have a checksum of another kind."""
    if found is None or found.size != row.size:
        return False
    return copied or found.checksum is None or same(found.checksum, row.checksum)


def same(one: str | None, other: str | None) -> bool:
    """Whether two composite checksums agree; not every store says the number of parts behind its own."""
    return (one or "").partition("-")[0] == (other or "").partition("-")[0]
