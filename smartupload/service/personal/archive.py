"""All that is kept of an owner as one ZIP, made while it is sent: documents, the smaller files, and an address for each larger one."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from smartupload.errors import Problem, StoreFault
from smartupload.models import READY, Upload
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.files import names
from smartupload.service.owner import tag_of
from smartupload.service.personal import kept

MIB = 1024 * 1024
INSIDE = 8 * MIB
"""The largest file whose bytes are in the archive. Larger ones go from the store to the browser, as every download does."""
INSIDE_IN_ALL = 128 * MIB
"""So much of files in one archive: a server that sends for hours has no thread for others."""
LINK_SECONDS = 24 * 3600
"""So long an address is good; whoever loads the archive down loads the large files next."""

_WORDS = """All that this site keeps of you, as of the moment that account.json names.

account.json        who you are here, where you have signed in, your tokens, drop links and links of groups, what the files take, and what your browsers hold back
uploads.jsonl       your uploads, a JSON document a line, with tags, parts, events, and what was sent about them
notifications.json  where you are told, and what you wait for
audit.jsonl         what was done to your uploads, and by you
files/              your files, the smaller ones
files.json          all files: where each is in this archive, or an address that is good for a day
"""


class _Pipe:
    """What the archive is written to, and read from at once."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """One piece more."""
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece, self._pieces = b"".join(self._pieces), []
        return piece


@dataclass(slots=True)
class _Room:
    left: int = INSIDE_IN_ALL

    def takes(self, size: int) -> bool:
        if size > INSIDE or size > self.left:
            return False
        self.left -= size
        return True


def archive(ctx: Context, owner: str) -> Iterator[bytes]:
    """The bytes of the archive. It ends early, as one that is broken, when the store goes away in the middle of a file."""
    entries.note(ctx, entries.EXPORTED, owner=owner)
    pipe = _Pipe()
    room, files = _Room(), list[dict[str, Any]]()
    with zipfile.ZipFile(cast("Any", pipe), "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("README.txt", _WORDS)
        made.writestr("account.json", _json(_account(ctx, owner)))
        yield from _lines(made, pipe, "uploads.jsonl", kept.uploads(ctx, owner))
        made.writestr("notifications.json", _json(kept.notifications(ctx, owner)))
        yield from _lines(made, pipe, "audit.jsonl", kept.audit(ctx, owner))
        for row in kept.uploads_of(ctx, owner):
            if row.state == READY:
                said: dict[str, Any] = {"upload": row.id, "name": row.name, "size": row.size}
                files.append(said)
                yield from _file(ctx, made, pipe, row, said, room)
        made.writestr("files.json", _json(files))
        yield pipe.taken()
    yield pipe.taken()


def _account(ctx: Context, owner: str) -> dict[str, Any]:
    sizes = [row.size for row in kept.uploads_of(ctx, owner) if row.state == READY]
    return {
        "owner": owner,
        "tag": tag_of(owner),
        "site": ctx.settings.site_url,
        "at": ctx.clock.now().isoformat(),
        "files": len(sizes),
        "bytes": sum(sizes),
        "sign_ins": kept.sign_ins(ctx, owner),
        "holds": kept.holds(ctx, owner),
        "tokens": kept.tokens(ctx, owner),
        "drops": kept.drops(ctx, owner),
        "group_links": kept.group_links(ctx, owner),
    }


def _lines(made: zipfile.ZipFile, pipe: _Pipe, name: str, documents: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    with made.open(name, "w", force_zip64=True) as member:
        for document in documents:
            member.write((json.dumps(document, ensure_ascii=False) + "\n").encode())
            yield pipe.taken()


def _file(
    ctx: Context, made: zipfile.ZipFile, pipe: _Pipe, row: Upload, said: dict[str, Any], room: _Room
) -> Iterator[bytes]:
    if not room.takes(row.size):
        said["url"] = _address(ctx, row)
        return
    try:
        pieces = ctx.store.read(row.key)
        first = next(pieces, b"")
    except (StoreFault, Problem):
        said["url"] = _address(ctx, row)  # not to be had just now
        return
    said["path"] = f"files/{row.id}/{_plain(row.name)}"
    info = zipfile.ZipInfo(said["path"], row.created_at.timetuple()[:6])
    with made.open(info, "w", force_zip64=True) as member:
        member.write(first)
        yield pipe.taken()
        for piece in pieces:
            member.write(piece)
            yield pipe.taken()


def _address(ctx: Context, row: Upload) -> str:
    disposition, kind = names.attachment(row.name), names.safe_type(row.type)
    return ctx.store.sign_download(row.key, disposition, kind, LINK_SECONDS)


def _plain(name: str) -> str:
    """A name that leads out of no folder, whatever unpacks it."""
    return name.replace("/", "_").replace("\\", "_").lstrip(".") or "file"


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
