"""What a new upload is to be: the file checked and named, its parts and its place chosen, with what the app around has to say of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from smartupload import hooks
from smartupload.errors import HookFault, HookUnavailable, IdempotencyKeyMissing, InvalidRequest
from smartupload.models import UPLOADING, Upload
from smartupload.ports import Hooks
from smartupload.service.context import Context
from smartupload.service.files import limits, names, object_keys
from smartupload.service.records import expiry, share_token
from smartupload.service.uploads import naming
from smartupload.words import Sentence

log = structlog.get_logger("smartupload.service")


@dataclass(frozen=True, slots=True)
class NewFile:
    """What the browser says about a file. `size` in bytes, `line_rate` in bytes/s (None when it does not know).

    `head`: its first 4 KiB, empty when the browser did not send them. `metadata`, `uploader`: see service/files/metadata.py; they
    are not part of what tells one request from another, so those of the first one stay. Neither are `group`, what its browser calls the
    files with which it was given, and `path`, folders and name in it.
    """

    name: str
    size: int
    type: str = ""
    last_modified: datetime | None = None
    line_rate: float | None = None
    head: bytes = b""
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])
    uploader: str = ""
    group: str = ""
    path: str = ""


def row(ctx: Context, owner: str, file: NewFile, key: str, request_hash: str, place: int) -> Upload:
    """The row that is to be, without its multipart upload; `place` among those that come in one call.

    Raises what is wrong with the file or its key, or what a hook has against it.
    """
    if not key:
        raise IdempotencyKeyMissing
    if len(key) > 200 or not key.isprintable():
        raise InvalidRequest(Sentence("problem-invalid_request-key"))
    limits.check_size(ctx.settings, file.size)
    said = hooks.Metadata(file.metadata)
    seen = hooks.NewFile(owner, file.name, file.size, file.type, file.last_modified, said, file.uploader)
    here = naming.named(ctx, seen, file.head)
    folder = _folder(ctx.hooks, here) if ctx.hooks is not None and ctx.hooks.is_asked_first else ""
    now = ctx.clock.now()
    upload_id = secrets.token_hex(12)
    part_size = limits.part_size(file.size, file.line_rate)
    return Upload(
        id=upload_id,
        owner=owner,
        idempotency_key=key,
        request_hash=request_hash,
        share_token=share_token.token(),
        name=here.name,
        name_key=names.key(here.name),
        size=file.size,
        type=here.type,
        last_modified=file.last_modified,
        metadata_=dict(file.metadata),
        uploader=file.uploader,
        group_key=file.group,
        folder=names.folder(file.path) if file.group else "",
        state=UPLOADING,
        part_size=part_size,
        part_count=limits.part_count(file.size, part_size),
        key=object_keys.first_key(upload_id, folder),
        multipart_id="",
        counted_at=now,
        looked_at=now,
        # Lists go by this moment, and files that are dropped together stand in them in their order.
        created_at=now + timedelta(microseconds=place),
        moved_at=now,
        updated_at=now,
        expires_at=expiry.expires_at(ctx, now),
    )


def _folder(app: Hooks, file: hooks.NewFile) -> str:
    """Where the hooks want it. Raises HookUnavailable."""
    try:
        return app.folder(file) or ""
    except HookFault as fault:
        log.error("a new file waits for a hook", cause=str(fault), exc_info=fault)
        raise HookUnavailable from fault
