"""Where an object lies: at one key from its first byte on. Nothing signs a download of it before its upload is ready."""

from __future__ import annotations

from smartupload.models import Upload

_ROOT = "uploads"


def first_key(upload_id: str, folder: str = "") -> str:
    """Where the first epoch's object lies, below a folder of the app's own, if it has chosen one."""
    return "/".join([_ROOT, *([folder] if folder else []), upload_id, "1"])


def key_in(row: Upload, epoch: int) -> str:
    """Where an epoch's object lies. Each has its own, so that deleting an old one can never hit a new one."""
    place = row.key.rpartition("/")[0]
    return f"{place if place.startswith(f'{_ROOT}/') else f'{_ROOT}/{row.id}'}/{epoch}"


def left_keys(row: Upload) -> list[str]:
    """Where something of earlier epochs could have been left, and what an older version of the app had made a copy of."""
    return [key for epoch in range(1, row.epoch + 1) if (key := key_in(row, epoch)) != row.key]


def copied_key(row: Upload) -> str:
    """Where an older version of the app put a copy once the file was ready."""
    return f"files/{row.id}/{row.epoch}"
