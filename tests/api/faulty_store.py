"""The real store with faults to switch on: away, an answer that is lost, an address that was signed long ago."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from smartupload.adapters.s3.store import S3Store
from smartupload.errors import StoreUnavailable
from smartupload.ports import FinishedPart


class FaultyStore:
    """The real store, with faults to switch on."""

    def __init__(self, store: S3Store) -> None:
        self.store = store
        self.takes_forms = True
        self.away = False
        self.long_ago = False
        self.loses_answer = False
        self.makes_none = False
        self.spoils = 0

    def __getattr__(self, name: str) -> Any:
        if self.away and not name.startswith("sign_"):
            raise StoreUnavailable
        if self.long_ago and name.startswith("sign_"):
            return self._signed_long_ago(getattr(self.store, name))
        return getattr(self.store, name)

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

            def now(remove_tzinfo: bool = True) -> datetime:
                return then.replace(tzinfo=None) if remove_tzinfo else then

            clocks = (f"botocore.{module}.get_current_datetime" for module in ("auth", "signers"))
            with contextlib.ExitStack() as stack:
                for clock in clocks:
                    stack.enter_context(mock.patch(clock, now))
                return sign(*args)

        return signed
