"""How one file is put from its first call to its last: begun or gone on with, sent, completed, and waited for until it is ready."""

from __future__ import annotations

import base64
import contextlib
import mimetypes
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from smartupload.client.core.answers import GIVEN_UP, MADE, OPEN, Grant, Upload
from smartupload.client.core.errors import SmartUploadError, own
from smartupload.client.core.given import Said
from smartupload.client.core.parts import Parts
from smartupload.client.core.records import Entry
from smartupload.client.core.results import Progress, end_of
from smartupload.client.io.api import Api
from smartupload.client.io.batches import Batches
from smartupload.client.io.journal import Journal, Place
from smartupload.client.io.line import Line
from smartupload.client.io.source import Source
from smartupload.client.io.store import Store
from smartupload.client.ready import wait_until_ready
from smartupload.client.sending import Sending

OnProgress = Callable[[Progress], object]

_EVERY = 0.1
"""Seconds between two words about progress."""
_ROUNDS = 10
"""A server that calls parts confirmed and misses them when it is to make the file is asked no more often."""


@dataclass(frozen=True, slots=True)
class Site:
    """One server, its store, and what of it is kept here. `store_line`: the way to the store. `large`: whoever sends a file of several parts."""

    api: Api
    batches: Batches
    store: Store
    store_line: Line
    journal: Journal
    parallel: int | None
    large: threading.Semaphore


class Putting:
    """One file on its way. `progress` is called by one thread at a time."""

    def __init__(self, site: Site, source: Source, said: Said, progress: OnProgress | None) -> None:
        self._site = site
        self._source = source
        self._said = said
        self._name = said.name
        self._progress = progress
        self._is_made = False
        self._sending: Sending | None = None
        self._telling = threading.Lock()
        self._told_at = 0.0

    def run(self, wait: bool) -> Upload:
        """The upload, `ready` or, without `wait`, made. Raises SmartUploadError; what was sent is kept then, unless it is over."""
        site = self._site
        site.api.settings()  # what is no app, or away, leaves no entry
        lines = site.api.line.heard_by(self._tell), site.store_line.heard_by(self._tell)
        with site.journal.open(site.api.url, self._source.path, self._name) as place, lines[0], lines[1]:
            upload = self._gone_on_with(place) or self._begun(place)
            upload = self._made(place, upload)
            self._is_made, self._sending = True, None
            if wait:
                upload = wait_until_ready(site.api, upload, None, self._tell)
            self._over(place, upload)
            return upload

    def _over(self, place: Place, upload: Upload) -> None:
        """Forget it, and raise when there is no file."""
        place.forget()
        if error := end_of(upload):
            raise error

    # -- begin, or go on

    def _begun(self, place: Place) -> Upload:
        stamp = self._source.stamp
        modified = datetime.fromtimestamp(stamp.mtime_ns // 10**9, UTC).isoformat()
        kind = mimetypes.guess_type(self._name, strict=False)[0] or ""
        entry = Entry(
            key=str(uuid.uuid4()),
            name=self._name,
            size=stamp.size,
            type=kind,
            last_modified=modified,
            version=secrets.token_hex(12),
            stamp=stamp,
            metadata=dict(self._said.metadata),
            uploader=self._said.uploader,
        )
        return self._created(place, place.begin(entry))

    def _created(self, place: Place, entry: Entry) -> Upload:
        new: dict[str, Any] = {
            "name": entry.name,
            "size": entry.size,
            "type": entry.type,
            "last_modified": entry.last_modified,
            "head": base64.b64encode(self._source.head).decode(),
        }
        new |= {"metadata": entry.metadata} if entry.metadata else {}
        new |= {"uploader": entry.uploader} if entry.uploader else {}
        try:
            upload = self._site.batches.create(new, entry.key)
        except SmartUploadError as error:
            if error.problem:  # the API refuses it: there is no upload
                place.forget()
            raise
        place.name(entry, upload.id)
        return upload

    def _gone_on_with(self, place: Place) -> Upload | None:
        """What an earlier call has left, as far as it is this file and still wanted."""
        entry = place.entry
        if entry is None:
            return None
        if entry.size != self._source.stamp.size:
            self._give_up(entry)
            return None
        if not entry.id:
            upload = self._created(place, entry)
        else:
            found = self._found(entry)
            if found is None:
                return None
            upload = found
        assert place.entry is not None
        if upload.state in GIVEN_UP:
            return None
        if entry.stamp != self._source.stamp:
            if upload.state not in OPEN:
                return None  # a file has been made of the state before
            place.edit(place.entry, secrets.token_hex(12), self._source.stamp)
        if upload.state == "paused":
            self._site.api.resume(upload.id)
            upload = replace(upload, state="uploading")  # with the parts that it was said to have
        return upload

    def _found(self, entry: Entry) -> Upload | None:
        api = self._site.api
        try:
            try:
                return api.get(entry.id)
            except SmartUploadError as error:
                if error.code != "upload_not_found":
                    raise
            api.adopt(entry.id, entry.key)
            return api.get(entry.id)
        except SmartUploadError as error:
            if error.code != "upload_not_found":
                raise
            return None

    def _give_up(self, entry: Entry) -> None:
        """Nobody can send the rest of a file that is another one now. It expires by itself where its id has not been said."""
        found = self._found(entry) if entry.id else None
        if found is not None and found.state in OPEN:
            self._site.api.cancel(found.id)

    # -- send

    def _made(self, place: Place, upload: Upload) -> Upload:
        """Send what is missing until the server has made the file, or says that there will be none."""
        assert place.entry is not None
        entry = place.entry
        missing: frozenset[int] = frozenset()
        rounds = 0
        while upload.state in OPEN:
            rounds += 1
            try:
                self._send(entry, upload, missing)
                calls = self._site.api if _is_large(upload) else self._site.batches
                upload = calls.complete(upload.id)
            except SmartUploadError as error:
                if error.code == "upload_paused":
                    raise own("upload_paused", status=error.status) from error
                if error.code not in ("parts_missing", "upload_not_open") or rounds == _ROUNDS:
                    raise
                epoch, upload = upload.epoch, self._site.api.get(upload.id)
                missing = frozenset(error.problem.get("missing", ()) if epoch == upload.epoch else ())
        return self._of_this_version(place, upload)

    def _of_this_version(self, place: Place, upload: Upload) -> Upload:
        """A file that was made of another version is not this one."""
        assert place.entry is not None
        if upload.state in MADE and place.entry.version not in upload.versions:
            place.forget()
            raise own("file_changed", path=self._source.path)
        return upload

    def _send(self, entry: Entry, upload: Upload, missing: frozenset[int]) -> None:
        parts = Parts(upload.size, upload.part_size, upload.confirmed_of(entry.version) - missing)
        site = self._site

        def sign(
            claims: Sequence[Mapping[str, Any]], epoch: int, stop: threading.Event
        ) -> tuple[int, Mapping[int, Grant]]:
            terms = {"version": entry.version, "epoch": epoch, "replace": entry.replaces}
            if _is_large(upload):
                return site.api.sign(upload.id, claims, terms, stop)
            return site.batches.sign(upload.id, claims, terms)

        self._sending = Sending(
            self._source,
            entry.stamp,
            parts,
            upload.epoch,
            sign=sign,
            store=site.store,
            line=site.store_line,
            parallel=site.parallel or int(site.api.settings()["max_parallel_parts"]),
            moved=self._tell,
        )
        with site.large if _is_large(upload) else contextlib.nullcontext():
            self._sending.run()

    # -- tell

    def _tell(self) -> None:
        if self._progress is None:
            return
        with self._telling:
            now = time.monotonic()
            progress = self._now()
            if now - self._told_at >= _EVERY or progress.stage == "waiting" or progress.confirmed == progress.size:
                self._told_at = now
                self._progress(progress)

    def _now(self) -> Progress:
        size, sending = self._source.stamp.size, self._sending
        reason = self._site.store_line.reason or self._site.api.line.reason
        if sending is None:
            confirmed = sent = size if self._is_made else 0
        else:
            confirmed, sent = sending.bytes_there
        stage = "waiting" if reason else "finishing" if confirmed == size else "sending"
        return Progress(self._name, size, confirmed, sent, stage, reason)


def _is_large(upload: Upload) -> bool:
    return upload.size > upload.part_size
