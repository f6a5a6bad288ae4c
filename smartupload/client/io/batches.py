"""The calls that many small files need, several in one where several threads ask at the same time: begin, sign, finish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from smartupload.client.core.answers import Grant, Upload, grants_of, upload_of
from smartupload.client.core.errors import SmartUploadError, TooMuch
from smartupload.client.io.api import Api
from smartupload.client.io.together import Together

_T = TypeVar("_T")

_MOST = 50
"""Files in one call: with the first bytes of each they are half of what the API takes."""

Signed = tuple[int, Mapping[int, Grant]]
_New = tuple[Mapping[str, Any], str]
_Claimed = tuple[str, Sequence[Mapping[str, Any]], Mapping[str, Any]]


class Batches:
    """The same calls as of `api`, which they are where nobody else asks meanwhile."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._creates = Together(self._create, _MOST)
        self._signs = Together(self._sign, _MOST)
        self._completes = Together(self._complete, _MOST)

    def create(self, new: Mapping[str, Any], key: str) -> Upload:
        """See Api."""
        return self._creates.ask((new, key)) or self._api.create(new, key)

    def sign(self, upload_id: str, parts: Sequence[Mapping[str, Any]], terms: Mapping[str, Any]) -> Signed:
        """See Api; for files of one part."""
        return self._signs.ask((upload_id, parts, terms)) or self._api.sign(upload_id, parts, terms)

    def complete(self, upload_id: str) -> Upload:
        """See Api; for files of one part. Nobody waits here until it is ready, but where it is asked for alone."""
        return self._completes.ask(upload_id) or self._api.complete(upload_id)

    def _create(self, items: Sequence[_New]) -> Sequence[Upload | None]:
        if len(items) == 1:
            try:
                return [self._api.create(*items[0], waits=False)]
            except TooMuch:
                return [None]  # it waits for itself, and whoever comes next does not
        files = [{**new, "key": key} for new, key in items]
        return self._asked("create", {"files": files}, "upload", upload_of, len(items))

    def _sign(self, items: Sequence[_Claimed]) -> Sequence[Signed | None]:
        if len(items) == 1:
            return [self._api.sign(*items[0])]
        uploads = [{"id": upload_id, "parts": parts, **terms} for upload_id, parts, terms in items]
        return self._asked("sign", {"uploads": uploads}, "signed", grants_of, len(items))

    def _complete(self, items: Sequence[str]) -> Sequence[Upload | None]:
        if len(items) == 1:
            return [self._api.complete(items[0])]
        return self._asked("complete", {"ids": items}, "upload", upload_of, len(items))

    def _asked(
        self, verb: str, body: Mapping[str, Any], member: str, read: Callable[[Any], _T], many: int
    ) -> Sequence[_T | None]:
        """None where the call about it alone has to say what is so: it is asked again while something is away, and is told in full."""
        try:
            results = self._api.batch(verb, body)
        except SmartUploadError as error:
            if error.status is None:
                raise
            return [None] * many
        return [read(result[member]) if member in result else None for result in results]
