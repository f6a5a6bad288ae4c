"""The outside things the service needs, each as one small protocol that an adapter or an in-memory twin fulfils."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request anybody may make once it is signed: exactly these headers have to be sent."""

    url: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A form anybody may POST once it is signed: exactly these fields, then the bytes in a last field named `file`."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A whole object as the store lists it."""

    key: str
    size: int


@dataclass(frozen=True, slots=True)
class StoredPart:
    """One part as the store lists it. `sha256` is base64, or None where the store does not list it."""

    number: int
    size: int
    etag: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class FinishedPart:
    """One part as it is named when a multipart upload is completed. `sha256` is base64."""

    number: int
    etag: str
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A whole object. `checksum` is the composite SHA-256 (base64, then `-N`), or None where the store hides it."""

    size: int
    checksum: str | None


class Store(Protocol):
    """An S3 store.

    Every call may raise errors.StoreUnavailable (does not answer, answers 5xx, or refuses our credentials) and
    errors.StoreRefused (refused for good). Sizes are bytes, times are seconds, digests are base64 of SHA-256.
    """

    def open_multipart(self, key: str, content_type: str) -> str:
        """Open a multipart upload with SHA-256 part checksums and a composite checksum; returns its id."""
        ...

    def sign_part(
        self, key: str, multipart_id: str, number: int, size: int, sha256: str, expires_in: int
    ) -> SignedRequest:
        """A PUT for one part number, one length and one digest. Local, asks nobody."""
        ...

    @property
    def takes_forms(self) -> bool:
        """Whether browsers may POST forms and objects be copied into multipart uploads here."""
        ...

    def sign_form(self, key: str, size: int, sha256: str, expires_in: int) -> SignedForm:
        """A form for one object of one length and one digest. Local, asks nobody."""
        ...

    def copy_part(self, key: str, multipart_id: str, number: int, source: StoredKey) -> StoredPart:
        """Make an object a part of a multipart upload; the object stays.

        Raises MultipartGone, and StoreRefused with the code NoSuchKey when there is no such object.
        """
        ...

    def list_objects(self, prefix: str) -> list[StoredKey]:
        """All objects whose key begins so, over all pages."""
        ...

    def list_parts(self, key: str, multipart_id: str, first: int = 1, last: int = 10_000) -> list[StoredPart]:
        """Parts `first` to `last`, over all pages, each number once, ascending. Raises MultipartGone.

        Of a part that was sent more than once it is the latest, as exactly as the store dates them (seconds).
        """
        ...

    def complete_multipart(self, key: str, multipart_id: str, parts: Sequence[FinishedPart]) -> str | None:
        """Make the object of the parts; its composite checksum if the answer says it. Raises MultipartGone."""
        ...

    def abort_multipart(self, key: str, multipart_id: str) -> None:
        """Free the parts. Nothing happens when there are none."""
        ...

    def head(self, key: str) -> StoredObject | None:
        """The object, or None."""
        ...

    def delete(self, key: str) -> None:
        """Delete the object. Nothing happens when there is none."""
        ...

    def sign_download(self, key: str, disposition: str, content_type: str, expires_in: int) -> str:
        """A GET address that answers with this Content-Disposition and Content-Type. Local, asks nobody."""
        ...

    def ping(self) -> None:
        """Ask for the bucket; raises errors.StoreUnavailable with what is wrong."""
        ...


class Live(Protocol):
    """Tells whoever shows an owner's files that they changed."""

    def changed(self, owner: str) -> None:
        """Called after every durable change, from any thread. Never blocks, never raises."""
        ...


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Now, with the UTC time zone."""
        ...
