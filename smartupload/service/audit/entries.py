"""What is written into the audit log: one row for each thing that was done, in the transaction that did it, without names or tokens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlmodel import Session

from smartupload.models import Upload
from smartupload.service.audit import doer
from smartupload.service.audit.doer import THE_SERVER
from smartupload.service.context import Context

Action = Literal[
    "created",
    "signed",
    "handed_over",
    "paused",
    "resumed",
    "completed",
    "ready",
    "blocked",
    "failed",
    "expired",
    "cancelled",
    "deleted",
    "adopted",
    "renamed",
    "tagged",
    "shared",
    "downloaded",
    "previewed",
    "exported",
    "erased",
    "token_made",
    "token_revoked",
    "drop_made",
    "drop_closed",
    "signed_in",
    "signed_out",
    "refused",
    "admin",
    "started",
]
"""What can be done: all there is."""

CREATED, SIGNED, HANDED_OVER, PAUSED, RESUMED = "created", "signed", "handed_over", "paused", "resumed"
COMPLETED, READY, BLOCKED, FAILED, EXPIRED = "completed", "ready", "blocked", "failed", "expired"
CANCELLED, DELETED, ADOPTED, RENAMED, TAGGED = "cancelled", "deleted", "adopted", "renamed", "tagged"
SHARED, DOWNLOADED, PREVIEWED = "shared", "downloaded", "previewed"
EXPORTED, ERASED, SIGNED_IN, SIGNED_OUT = "exported", "erased", "signed_in", "signed_out"
TOKEN_MADE, TOKEN_REVOKED = "token_made", "token_revoked"
DROP_MADE, DROP_CLOSED = "drop_made", "drop_closed"
REFUSED, ADMIN, STARTED = "refused", "admin", "started"

BY_THE_SERVER = frozenset({READY, BLOCKED, FAILED, EXPIRED})
"""What only the server does, in whosever request it happens to do it."""

SIGNED_AGAIN = timedelta(hours=1)
"""So long the same doer's further calls for parts of an upload are not written down: one call is made every few parts."""

_INSERT = sa.insert(Upload.metadata.tables["audit"])
_NO_DETAIL: Mapping[str, Any] = {}


def write(
    ctx: Context, session: Session, rows: Sequence[Upload], action: Action, detail: Mapping[str, Any] = _NO_DETAIL
) -> None:
    """Write that this was done to each of these uploads into the caller's transaction."""
    if rows:
        text = _text(detail)
        _insert(ctx, session, action, [(row.owner, row.id, text) for row in rows])


def note(
    ctx: Context,
    action: Action,
    detail: Mapping[str, Any] = _NO_DETAIL,
    *,
    owner: str = "",
    upload_id: str = "",
    session: Session | None = None,
) -> None:
    """Write what concerns no upload that is at hand; in a transaction of its own, unless there is one."""
    values = [(owner, upload_id, _text(detail))]
    if session is not None:
        _insert(ctx, session, action, values)
        return
    with ctx.db.write() as own:
        _insert(ctx, own, action, values)


def signed(ctx: Context, session: Session, parts: Iterable[tuple[Upload, int, bool]], handed_over: bool) -> None:
    """Write that parts of these uploads were signed: each with how many, and whether they are its first ones.

    Of one doer's calls for one upload only one an hour: they come by the thousand for a large file, and say nothing new.
    A call about many uploads is one row, which lists them: small files would cost as much again as signing them does.
    """
    who, now = doer.current(), ctx.clock.now()
    new: list[tuple[Upload, int]] = []
    for row, count, is_first in parts:
        key = f"{row.id} {handed_over} {who.who} {who.address}"
        if is_first or now - ctx.signings.last(key) >= SIGNED_AGAIN:
            ctx.signings.note(key, now)
            new.append((row, count))
    if not new:
        return
    total, owner = sum(count for _, count in new), new[0][0].owner
    if len(new) == 1:
        values = [(owner, new[0][0].id, _text({"parts": total}))]
    else:
        values = [(owner, "", _text({"parts": total, "uploads": [row.id for row, _ in new]}))]
    _insert(ctx, session, HANDED_OVER if handed_over else SIGNED, values)


def _insert(ctx: Context, session: Session, action: Action, values: Sequence[tuple[str, str, str]]) -> None:
    who, now = THE_SERVER if action in BY_THE_SERVER else doer.current(), ctx.clock.now()
    rows = [
        {
            "at": now,
            "action": action,
            "by": who.by(owner),
            "who": who.who,
            "address": who.address,
            "owner": owner,
            "upload_id": upload_id,
            "detail": detail,
        }
        for owner, upload_id, detail in values
    ]
    session.connection().execute(_INSERT, rows)


def _text(detail: Mapping[str, Any]) -> str:
    return json.dumps(detail, ensure_ascii=False) if detail else "{}"
