"""What a program gets back: an upload, a download, and how far one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from smartupload.client.core.answers import Upload
from smartupload.client.core.errors import SmartUploadError, own


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file at the server. `size` in bytes.

    `state`: `ready`, or `scanning` when nobody waited. `scan`: empty before the scan, then `clean`, or `off` where nobody
    scans. `checksum`: S3's composite SHA-256 (base64, `-`, number of parts). `metadata`, `uploader`: what was said of it when it
    was begun.
    """

    id: str
    name: str
    size: int
    type: str
    state: str
    share_url: str
    scan: str
    checksum: str
    metadata: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    uploader: str = ""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that was fetched. `size` in bytes, `sha256` of all of it in hex.

    `verified`: `checksum` when it was compared with what was sent, `size` when the server tells no more (behind a link).
    """

    path: Path
    size: int
    sha256: str
    verified: Literal["checksum", "size"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is. Bytes.

    `confirmed`: of parts that the store has. `sent`: these, and what of the others is on the line. `stage`: `sending`,
    `waiting` (something is away; `reason` says what), `finishing` (all is there, the server checks it), `receiving`.
    """

    name: str
    size: int
    confirmed: int
    sent: int
    stage: Literal["sending", "waiting", "finishing", "receiving"]
    reason: str = ""


def uploaded(upload: Upload) -> Uploaded:
    """What is told of an upload whose file has been made."""
    return Uploaded(
        id=upload.id,
        name=upload.name,
        size=upload.size,
        type=upload.type,
        state=upload.state,
        share_url=upload.share_url,
        scan=upload.scan,
        checksum=upload.checksum or "",
        metadata=upload.metadata,
        uploader=upload.uploader,
    )


def end_of(upload: Upload) -> SmartUploadError | None:
    """Why an upload is over without a file; None when it is not."""
    if upload.state not in ("blocked", "failed", "cancelled", "expired"):
        return None
    if upload.error is not None:
        code, detail = upload.error
        return SmartUploadError(code, detail)
    return own(upload.state)
