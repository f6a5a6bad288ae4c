"""What a deletion takes from the rows: all that says what the file was, or led to it. What is left counts, and says nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, delete, update

from smartupload.errors import NOTHING_KEPT
from smartupload.models import Delivery, Download, Event, Part, Tag, Upload, Watch
from smartupload.service.context import Context
from smartupload.service.records import events, moving

EMPTY: dict[str, Any] = {
    "name": "",
    "type": "",
    "checksum": None,
    "share_url": "",
    "error": None,
    "metadata": {},
    "uploader": "",
}
"""What the documents of its events say from then on, also of those that are still to be delivered."""


def hidden_key(key: str) -> str:
    """What stands in the place of an Idempotency-Key: the same key still finds the upload, and nobody reads it there."""
    return f"deleted:{hashlib.sha256(key.encode(errors='replace')).hexdigest()}"


def forget(ctx: Context, session: Session, rows: Sequence[Upload]) -> None:
    """Take it from these rows, which are locked, and from what hangs on them.

    What stays: id, owner, sender, size, dates, and the place in the store until nothing can come there any more. The key in the
    store holds the folder of a hook, so it goes with the row (service/housekeeping/retention.py).
    """
    moving.write(session, [(row, left(row)) for row in rows])
    ids = [row.id for row in rows]
    for table in (Part, Tag, Watch, Download):
        session.exec(delete(table).where(col(table.upload_id).in_(ids)))
    # A receiver's words may repeat what they were sent; why one failed that is still tried is written anew.
    session.exec(
        update(Delivery)
        .where(col(Delivery.upload_id).in_(ids), col(Delivery.error).is_not(None))
        .values(error="deleted")
        .execution_options(synchronize_session=False)
    )
    events.rewrite(session, col(Event.upload_id).in_(ids), lambda upload: upload.update(EMPTY))
    ctx.db.scrub_later()


def left(row: Upload) -> dict[str, Any]:
    """What stands in the row afterwards."""
    return {
        "name": "",
        "name_key": "",
        "type": "",
        "sniffed": "",
        "metadata_": {},
        "uploader": "",
        "group_key": "",
        "folder": "",
        "drop_id": "",
        "last_modified": None,
        "request_hash": "",
        "idempotency_key": hidden_key(row.idempotency_key),
        # It has to be one of its own; a token that was never given out leads nowhere.
        "share_token": row.id,
        "checksum": None,
        "versions": None,
        **NOTHING_KEPT,
        "asked": "",
        "link_revoked": True,
        "link_until": None,
        "link_downloads_left": None,
    }
