"""The embedded store as the app asks it: nothing is begun or signed for which its disk has no room."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Sequence
from typing import Any

from smartupload.adapters.disk import Disk
from smartupload.adapters.s3.store import S3Store
from smartupload.errors import Problem, StoreFault, StoreFull
from smartupload.ports import SignedForm, SignedRequest, Trouble

FULL_SECONDS = 5
"""After which it is asked again."""
_REMEDY = "make room; it goes on by itself then"
_BYTES = b"is there room?" * 100


class EmbeddedStore(S3Store):
    """One that fails in ways of its own once its disk is full, and for a while after: so it is never asked for the last bytes."""

    def __init__(self, disk: Disk, **given: Any) -> None:
        super().__init__(**given)
        self._disk = disk

    @property
    def room(self) -> int | None:
        """See ports.Store."""
        with contextlib.suppress(OSError):
            return self._disk.room()
        return None

    def open_multipart(self, key: str, content_type: str, parts: int) -> str:
        """See ports.Store."""
        self._has_room(1)
        return super().open_multipart(key, content_type, parts)

    def sign_part(
        self, key: str, multipart_id: str, number: int, size: int, sha256: str, expires_in: int
    ) -> SignedRequest:
        """See ports.Store."""
        self._has_room(size)
        return super().sign_part(key, multipart_id, number, size, sha256, expires_in)

    def sign_form(self, key: str, size: int, sha256: str, expires_in: int) -> SignedForm:
        """See ports.Store."""
        self._has_room(size)
        return super().sign_form(key, size, sha256, expires_in)

    @property
    def troubles(self) -> Sequence[Trouble]:
        """See ports.Store. What needs no room goes on on a full disk, above all what makes some."""
        found, room = super().troubles, self.room
        if room is None or room > 0:
            return found
        return [*found, Trouble("disk", f"{self._disk.sentence()}; uploads wait", _REMEDY, stops=True)]

    def takes_bytes(self) -> bool:
        """Whether an object can be written; it is deleted again."""
        key = f"handover/room-{secrets.token_hex(8)}"
        try:
            with self._asking("try_room"):
                self._client.put_object(Bucket=self.bucket, Key=key, Body=_BYTES)
            self.delete(key)
        except (Problem, StoreFault):
            return False
        return True

    def _has_room(self, size: int) -> None:
        room = self.room
        if room is not None and room < size:
            raise StoreFull(retry_after=FULL_SECONDS)
