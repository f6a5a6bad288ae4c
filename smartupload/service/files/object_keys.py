"""Where an object lies: at one key from its first byte on. Nothing signs a download of it before its upload is ready."""

from __future__ import annotations

from smartupload.models import Upload


def object_key(upload_id: str, epoch: int) -> str:
    """Where an epoch's object lies. Each has its own, so that deleting an old one can never hit a new one."""
    return f"uploads/{upload_id}/{epoch}"


def left_keys(row: Upload) -> list[str]:
    """Where something of earlier epochs could have been left, and what an older version of the app had made a copy of."""
    return [key for epoch in range(1, row.epoch + 1) if (key := object_key(row.id, epoch)) != row.key]


def copied_key(row: Upload) -> str:
    """Where an older version of the app put a copy once the file was ready."""
    return f"files/{row.id}/{row.epoch}"
