"""How a file is fetched: into a file of its own first, gone on with where the line broke, verified, and only then under its name."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import httpx

from smartupload.client.core import retry
from smartupload.client.core.answers import Upload, composite
from smartupload.client.core.errors import Away, SmartUploadError, own
from smartupload.client.core.results import Downloaded, Progress, end_of
from smartupload.client.io.state import sync_folder
from smartupload.client.io.store import host_of
from smartupload.client.upload import OnProgress, Site

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is fetched. `checksum` and `part_size` are empty and 0 when the server does not say them."""

    name: str
    size: int
    address: str
    checksum: str
    part_size: int


class _Hashing:
    """The digest of all of it and of each part, as the bytes come."""

    def __init__(self, part_size: int) -> None:
        self.whole = hashlib.sha256()
        self._part_size = part_size
        self._part = hashlib.sha256()
        self._left = part_size
        self._parts: list[bytes] = []

    def update(self, piece: bytes) -> None:
        self.whole.update(piece)
        view = memoryview(piece)
        while self._part_size and view:
            mine = view[: self._left]
            self._part.update(mine)
            self._left -= len(mine)
            view = view[len(mine) :]
            if not self._left:
                self._end_part()

    def _end_part(self) -> None:
        self._parts.append(self._part.digest())
        self._part = hashlib.sha256()
        self._left = self._part_size

    def composite(self) -> str:
        if self._left != self._part_size:
            self._end_part()
        return composite(self._parts)


def token_of(link: str) -> str:
    """The token of a share link; empty for an upload's id."""
    path = urlsplit(link).path
    return path.rpartition("/f/")[2].strip("/") if "/f/" in path else ""


def fetch(site: Site, id_or_link: str, path: str | os.PathLike[str], progress: OnProgress | None) -> Downloaded:
    """Fetch it there; into a folder under its own name. What was there is replaced once the new one is whole."""
    wanted = _wanted(site, id_or_link)
    target = Path(path)
    if target.is_dir():
        # The name was given by somebody else: never more than a name.
        target = target / (os.path.basename(wanted.name.replace("\\", "/")).lstrip(".") or "download")
    hashing = _Hashing(wanted.part_size)
    with _beside(target) as (file, keep):
        _receive(site, wanted, file, hashing, progress)
        if wanted.checksum and hashing.composite() != wanted.checksum:
            raise own("download_damaged")
        keep()
    return Downloaded(target, wanted.size, hashing.whole.hexdigest(), "checksum" if wanted.checksum else "size")


def _wanted(site: Site, id_or_link: str) -> _Wanted:
    if token := token_of(id_or_link):
        shown = site.api.shared(token)
        return _Wanted(shown["name"], shown["size"], f"/api/shared/{token}/download", "", 0)
    upload: Upload = site.api.get(id_or_link)
    if error := end_of(upload):
        raise error
    address = f"/api/uploads/{upload.id}/download"
    return _Wanted(upload.name, upload.size, address, upload.checksum or "", upload.part_size)


@contextlib.contextmanager
def _beside(target: Path) -> Generator[tuple[BinaryIO, Callable[[], None]]]:
    """A new file in the same folder, which gets the name when it is kept, and is removed otherwise."""
    new = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with new.open("xb") as file:

            def keep() -> None:
                file.flush()
                os.fsync(file.fileno())
                new.replace(target)
                sync_folder(target.parent)

            yield file, keep
    except OSError as error:
        raise own("path_unwritable", path=target, cause=error.strerror or error) from error
    finally:
        new.unlink(missing_ok=True)


def _receive(site: Site, wanted: _Wanted, file: BinaryIO, hashing: _Hashing, progress: OnProgress | None) -> None:
    came = 0
    url = ""
    while came < wanted.size:
        url = url or site.api.place_of(wanted.address)
        try:
            with site.store_line.request(), site.store.get(url, came) as answer:
                if answer.status_code == 403 and came:
                    url = ""  # it was good for some minutes
                    continue
                _check(answer, wanted, came)
                for piece in answer.iter_raw(_PIECE):
                    file.write(piece)
                    hashing.update(piece)
                    came += len(piece)
                    site.store_line.ok()
                    if progress is not None:
                        progress(Progress(wanted.name, wanted.size, came, came, "receiving"))
        except Away:
            continue


def _check(answer: httpx.Response, wanted: _Wanted, start: int) -> None:
    """Whether this is the rest of the file. Raises Away when something else answers, or the store is busy."""
    status = answer.status_code
    if status == (206 if start else 200):
        there = answer.headers.get("content-length", "")
        if there != str(wanted.size - start):
            raise Away("portal", f"{there or 'an unknown number of'} bytes instead of {wanted.size - start}")
        return
    if status in (408, 429) or status >= 500:
        raise Away(
            "store_away", f"status {status}", retry.retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
        )
    if status == 404:
        raise SmartUploadError(
            "file_lost", f"The storage at {host_of(str(answer.url))} has no such file any more.", status=status
        )
    raise Away("portal", f"status {status}")
