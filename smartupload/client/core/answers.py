"""What an answer of the API or of the store means, and which of its members are relied on."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

OPEN = ("uploading", "paused", "verifying")
"""States in which parts are still taken."""
MADE = ("scanning", "ready")
"""States in which the file is there, and checked at most."""
GIVEN_UP = ("cancelled", "expired", "failed")
"""States after which the file has to be sent anew."""

_DIGEST = {"BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"}
_BUSY = {"RequestTimeout", "SlowDown", "InternalError", "ServiceUnavailable"}
_CODE = re.compile(r"<Code>([A-Za-z0-9]+)</Code>")

Meaning = Literal["confirmed", "damaged", "wait", "portal", "sign"]


@dataclass(frozen=True, slots=True)
class PutAnswer:
    """What came back for the bytes of a part. `body` is its beginning."""

    status: int
    etag: str
    checksum: str
    body: str

    @property
    def store_code(self) -> str:
        """The code in an S3 error document, empty when it is none."""
        found = _CODE.search(self.body)
        return found[1] if found else ""

    def __str__(self) -> str:
        return f"status {self.status} {self.store_code}".rstrip()


def meaning_of(answer: PutAnswer, sha256: str) -> Meaning:
    """What the answer to the PUT of a part means; the same as `classifyPut` in the browser's engine.

    `confirmed`; `damaged` (the store got other bytes: send them again); `sign` (the address is no longer good, or the
    multipart upload is gone); `portal` (somebody else answered for the store); `wait` (the store is busy).
    """
    if answer.status == 200:
        # A sign-in page answers 200 as well: only the store knows the part's ETag.
        return "confirmed" if answer.etag and answer.checksum in ("", sha256) else "portal"
    code = answer.store_code
    if code in _DIGEST:
        return "damaged"
    if code in _BUSY or answer.status in (408, 429) or (answer.status >= 500 and answer.status != 511):
        return "wait"
    return "sign" if code else "portal"


@dataclass(frozen=True, slots=True)
class Stored:
    """A part that the store has. `versions`: which states of a file it is known to be of."""

    number: int
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload as the API says it is."""

    id: str
    name: str
    size: int
    type: str
    state: str
    part_size: int
    epoch: int
    share_url: str
    scan: str
    checksum: str | None
    versions: tuple[str, ...]
    error: tuple[str, str] | None = None
    confirmed: tuple[Stored, ...] = field(default=())
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])
    uploader: str = ""

    def confirmed_of(self, version: str) -> set[int]:
        """The parts that the store has and this version vouches for."""
        return {part.number for part in self.confirmed if version in part.versions}


def upload_of(answer: Mapping[str, Any]) -> Upload:
    """Raises KeyError or TypeError when this is no upload."""
    error = answer["error"]
    confirmed = (Stored(part["number"], tuple(part["versions"])) for part in answer.get("confirmed", ()))
    return Upload(
        id=answer["id"],
        name=answer["name"],
        size=answer["size"],
        type=answer["type"],
        state=answer["state"],
        part_size=answer["part_size"],
        epoch=answer["epoch"],
        share_url=answer["share_url"],
        scan=answer["scan"],
        checksum=answer["checksum"],
        versions=tuple(answer["versions"]),
        error=(error["code"], error["detail"]) if error else None,
        confirmed=tuple(confirmed),
        # An older server knows neither.
        metadata=dict(answer.get("metadata", {})),
        uploader=answer.get("uploader", ""),
    )


@dataclass(frozen=True, slots=True)
class Grant:
    """What may be done with a part: nothing, since it is there, or a PUT to any of these addresses with these headers."""

    epoch: int
    is_confirmed: bool
    urls: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    expires_in: float = 0.0


def grants_of(answer: Mapping[str, Any]) -> tuple[int, dict[int, Grant]]:
    """The epoch, and what is signed by number. Raises KeyError or TypeError when this is no such answer."""
    epoch: int = answer["epoch"]
    found: dict[int, Grant] = {}
    for part in answer["parts"]:
        if part.get("confirmed"):
            found[part["number"]] = Grant(epoch, True)
        else:
            urls = (part["url"], *part.get("others", ()))
            found[part["number"]] = Grant(epoch, False, urls, part["headers"], part["expires_in"])
    return epoch, found


def digest(body: bytes | bytearray | memoryview) -> str:
    """Base64 of the SHA-256, as the API takes it."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def composite(digests: Iterable[bytes]) -> str:
    """S3's composite SHA-256 of a file whose parts have these digests: base64, then `-N`."""
    parts = list(digests)
    return f"{base64.b64encode(hashlib.sha256(b''.join(parts)).digest()).decode()}-{len(parts)}"
