"""How an upload begins: checked, opened in the store, written down with its placeholder and share link."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from smartupload.errors import (
    IdempotencyKeyMissing,
    IdempotencyKeyReused,
    InvalidRequest,
    OwnerQuotaExceeded,
    StoreFault,
    StoreUnavailable,
)
from smartupload.models import COUNTED, UPLOADING, Upload
from smartupload.service.context import Context
from smartupload.service.files import kinds, limits, names, object_keys
from smartupload.service.files.sizes import size_text
from smartupload.service.parts import multipart
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import events, expiry, share_token


@dataclass(frozen=True, slots=True)
class NewFile:
    """What the browser says about a file. `size` in bytes, `line_rate` in bytes/s (None when it does not know).

    `head`: its first 4 KiB, empty when the browser did not send them.
    """

    name: str
    size: int
    type: str = ""
    last_modified: datetime | None = None
    line_rate: float | None = None
    head: bytes = b""


def create_upload(ctx: Context, owner: str, file: NewFile, idempotency_key: str) -> UploadView:
    """A new upload, or the one this key made before.

    Raises EmptyFile, FileTooLarge, BadName, TypeNotAllowed, TypeMismatch, OwnerQuotaExceeded, IdempotencyKeyMissing,
    IdempotencyKeyReused, StoreUnavailable. Whatever it raises, nothing is left in the store or the database.
    """
    key = idempotency_key.strip()
    if not key:
        raise IdempotencyKeyMissing
    if len(key) > 200 or not key.isprintable():
        raise InvalidRequest("The Idempotency-Key is longer than 200 characters, or not printable.")
    request_hash = _hash(file)
    with ctx.db.read() as session:
        if found := _made_before(session, owner, key):
            return _replayed(ctx, found, request_hash)
        name = names.clean(file.name)
        kind = limits.clean_type(file.type, name)
        limits.check_size(ctx.settings, file.size)
        limits.check_type(ctx.settings, name, kind)
        if file.head:
            kinds.check(ctx.settings, name, kind, file.head)
        _check_quota(ctx, session, owner, file.size)

    now = ctx.clock.now()
    upload_id = secrets.token_hex(12)
    part_size = limits.part_size(file.size, file.line_rate)
    row = Upload(
        id=upload_id,
        owner=owner,
        idempotency_key=key,
        request_hash=request_hash,
        share_token=share_token.token(),
        name=name,
        size=file.size,
        type=kind,
        last_modified=file.last_modified,
        state=UPLOADING,
        part_size=part_size,
        part_count=limits.part_count(file.size, part_size),
        key=object_keys.object_key(upload_id, 1),
        multipart_id="",
        counted_at=now,
        looked_at=now,
        created_at=now,
        moved_at=now,
        updated_at=now,
        expires_at=expiry.expires_at(ctx, now),
    )
    row.multipart_id = multipart.open_in_store(ctx, row.key, kind, row.part_count)
    try:
        with ctx.db.write() as session:
            _hold_quota(ctx, session, owner)
            _check_quota(ctx, session, owner, file.size)
            session.add(row)
            session.flush()
            events.record(ctx, session, row, events.CREATED)
    except BaseException as error:
        with contextlib.suppress(StoreFault, StoreUnavailable):
            ctx.store.abort_multipart(row.key, row.multipart_id)
        if not isinstance(error, IntegrityError):
            raise
        # Two requests with one key at the same time: the other one was first.
        with ctx.db.read() as session:
            found = _made_before(session, owner, key)
        if found is None:
            raise
        return _replayed(ctx, found, request_hash)
    ctx.live.changed(owner)
    return view(ctx, row)


def _hash(file: NewFile) -> str:
    modified = file.last_modified.astimezone(UTC).isoformat() if file.last_modified else None
    return hashlib.sha256(json.dumps([file.name, file.size, file.type, modified]).encode()).hexdigest()


def _made_before(session: Session, owner: str, key: str) -> Upload | None:
    return session.exec(select(Upload).where(Upload.owner == owner, Upload.idempotency_key == key)).first()


def _replayed(ctx: Context, row: Upload, request_hash: str) -> UploadView:
    if row.request_hash != request_hash:
        raise IdempotencyKeyReused
    return view(ctx, row)


def _hold_quota(ctx: Context, session: Session, owner: str) -> None:
    # The owner's creations have to queue, or two could pass one check.
    if ctx.settings.owner_quota is not None:
        ctx.db.hold(session, owner)


def _check_quota(ctx: Context, session: Session, owner: str, size: int) -> None:
    quota = ctx.settings.owner_quota
    if quota is None:
        return
    used = session.exec(
        select(func.coalesce(func.sum(Upload.size), 0)).where(Upload.owner == owner, col(Upload.state).in_(COUNTED))
    ).one()
    if used + size > quota:
        raise OwnerQuotaExceeded(
            f"This file needs {size_text(size)}, but only {size_text(max(0, quota - used))} of your "
            f"{size_text(quota)} here are free. Delete files you no longer need, then try again.",
            quota=quota,
            used=used,
        )
