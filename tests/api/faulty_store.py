"""The real store with faults to switch on: away, an answer that is lost, an address that was signed long ago."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from smartupload.adapters.s3.store import S3Store
from smartupload.errors import StoreUnavailable
from smartupload.ports import SINGLE_PUT, FinishedPart


class FaultyStore:
    """The real store, with faults to switch on."""

    def __init__(self, store: S3Store) -> None:
        self.store = store
        self.takes_forms = True
        self.takes_single_forms = True
        self.origins = store.origins
        self.single_put = True
        self.room: int | None = None
        self.away = False
        self.long_ago = False
        self.loses_answer = False
        self.makes_none = False
        self.spoils = 0

    def __getattr__(self, name: str) -> Any:
        if self.away and name != "good_for" and not name.startswith("sign_"):
            raise StoreUnavailable
        if self.long_ago and name.startswith("sign_"):
            return self._signed_long_ago(getattr(self.store, name))
        return getattr(self.store, name)

    def open_multipart(self, key: str, content_type: str, parts: int) -> str:
        """See ports.Store."""
        if self.away and not (parts == 1 and self.single_put):
            raise StoreUnavailable
        return self.store.open_multipart(key, content_type, parts if self.single_put else max(parts, 2))

    def lose(self, key: str, multipart_id: str) -> None:
        """The store's own fault: what was open there is gone, and the object that an open one is when it is sent with one PUT."""
        self.store.abort_multipart(key, multipart_id)
        if multipart_id == SINGLE_PUT:
            self.store.delete(key)

    def complete_multipart(self, key: str, multipart_id: str, parts: list[FinishedPart]) -> str | None:
        """See ports.Store."""
        if self.away or self.makes_none:
            self.makes_none = False
            raise StoreUnavailable
        checksum = self.store.complete_multipart(key, multipart_id, parts)
        if self.loses_answer:
            self.loses_answer = False
            raise StoreUnavailable
        if self.spoils:
            self.spoils -= 1
            return f"{'A' * 43}=-{len(parts)}"
        return checksum

    @staticmethod
    def _signed_long_ago(sign: Callable[..., Any]) -> Callable[..., Any]:
        def signed(*args: Any) -> Any:
            then = datetime.now(UTC) - timedelta(days=8)
            with mock.patch("smartupload.adapters.s3.signer.clock", return_value=then):
                return sign(*args)

        return signed
