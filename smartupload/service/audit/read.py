"""What an admin reads of the audit log: page by page, or all of it as lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from smartupload.db import Database, oldest
from smartupload.errors import InvalidRequest
from smartupload.models import Audit
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.words import Sentence

MOST = 1000
"""Entries in one answer, and of one question to the database."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done, see models.Audit."""

    id: str
    at: datetime
    action: str
    by: str
    who: str
    address: str
    owner: str
    upload: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries, oldest first; `next_cursor` gives the next ones, None at the end."""

    entries: list[AuditEntry]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries: None and an empty text leave it open. `until` itself is not among them."""

    since: datetime | None = None
    until: datetime | None = None
    owner: str = ""
    upload: str = ""
    action: str = ""


EVERYTHING = Filter()


def page(db: Database, only: Filter = EVERYTHING, cursor: str = "0", limit: int = 100) -> EntryPage:
    """Entries after the one that the cursor names. Raises InvalidRequest."""
    if not cursor.isdecimal() or not cursor.isascii() or len(cursor) > 18:
        raise InvalidRequest(Sentence("problem-invalid_request-audit-cursor"))
    if not all(inputs.is_name(text) for text in (only.owner, only.upload, only.action) if text):
        raise InvalidRequest(Sentence("problem-invalid_request-audit-filter"))
    statement = select(Audit).where(col(Audit.id) > int(cursor)).order_by(col(Audit.id)).limit(limit + 1)
    if only.since is not None:
        statement = statement.where(col(Audit.at) >= only.since)
    if only.until is not None:
        statement = statement.where(col(Audit.at) < only.until)
    for column, wanted in ((Audit.owner, only.owner), (Audit.upload_id, only.upload), (Audit.action, only.action)):
        if wanted:
            statement = statement.where(col(column) == wanted)
    with db.read() as session:
        found = list(session.exec(statement))
    answered = [entry(row) for row in found[:limit]]
    return EntryPage(answered, answered[-1].id if len(found) > limit else None)


def all_of(db: Database, only: Filter = EVERYTHING) -> Iterator[AuditEntry]:
    """All of them, asked for piece by piece."""
    cursor: str | None = "0"
    while cursor is not None:
        some = page(db, only, cursor, MOST)
        yield from some.entries
        cursor = some.next_cursor


def as_json(entry: AuditEntry) -> str:
    """One line of JSON."""
    return json.dumps(document(entry), ensure_ascii=False) + "\n"


def document(entry: AuditEntry) -> dict[str, Any]:
    """As it is answered; moments in ISO 8601."""
    return asdict(entry) | {"at": entry.at.isoformat()}


def csv_head() -> str:
    """The first line."""
    return _line(list(AuditEntry.__dataclass_fields__))


def as_csv(entry: AuditEntry) -> str:
    """One line; `detail` is JSON. A spreadsheet takes no cell of it for a formula."""
    values = document(entry) | {"detail": json.dumps(entry.detail, ensure_ascii=False)}
    return _line([f"'{text}" if (text := str(value))[:1] in tuple("=+-@\t\r") else text for value in values.values()])


def prune(ctx: Context) -> int:
    """Forget what is older than AUDIT_DAYS; how many entries that were."""
    before = ctx.clock.now() - timedelta(days=ctx.settings.audit_days)
    with ctx.db.read() as session:
        over = oldest(session, col(Audit.id), col(Audit.at), before, MOST)
    if over:
        with ctx.db.write() as session:
            session.exec(delete(Audit).where(col(Audit.id).in_(over)))
    return len(over)


def _line(values: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue()


def entry(row: Audit) -> AuditEntry:
    """What a row says."""
    detail = json.loads(row.detail)
    return AuditEntry(str(row.id), row.at, row.action, row.by, row.who, row.address, row.owner, row.upload_id, detail)
