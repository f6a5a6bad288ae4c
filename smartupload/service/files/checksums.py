"""Whether an object in the store is the file that was sent: its checksum beside those of the parts."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence

from smartupload.models import Upload
from smartupload.ports import StoredObject


def composite(digests: Sequence[str]) -> str:
    """S3's composite SHA-256 of an object whose parts have these digests (base64): base64, then `-N`."""
    return of_bytes(b"".join(base64.b64decode(digest) for digest in digests)) + f"-{len(digests)}"


def of_bytes(body: bytes) -> str:
    """The SHA-256 of these bytes as stores write it (base64)."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def agree(row: Upload, checksum: str) -> bool:
    """Whether a store's checksum of the whole object is the row's; not every store says the number of parts behind its own.

    A file of one part may have been sent as it is: the store's checksum is then the part's own digest.
    """
    wanted = (row.checksum or "").partition("-")[0]
    return wanted == checksum.partition("-")[0] or (row.part_count == 1 and wanted == _of_one(checksum))


def _of_one(digest: str) -> str:
    try:
        return composite([digest]).partition("-")[0]
    except binascii.Error:
        return ""


def is_whole(row: Upload, found: StoredObject | None) -> bool:
    """Whether this object is all of the row's file, as far as the store tells."""
    if found is None or found.size != row.size:
        return False
    return found.checksum is None or agree(row, found.checksum)
