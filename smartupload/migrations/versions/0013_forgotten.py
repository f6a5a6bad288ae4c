"""What was cancelled or deleted before loses what it still said of the file.

Revision ID: 0013
Revises: 0012
"""

import hashlib
import json

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AT_ONCE = 500
# As service/records/forgetting.py had them then.
_EMPTY = {"name": "", "type": "", "checksum": None, "share_url": "", "error": None, "metadata": {}, "uploader": ""}
_UPDATE = sa.text(
    """UPDATE upload SET name = '', type = '', sniffed = '', metadata = '{}', uploader = '', last_modified = NULL,
    request_hash = '', idempotency_key = :key, share_token = id, checksum = NULL, versions = NULL, error_code = NULL,
    error_detail = NULL, asked = '', link_revoked = :yes, link_until = NULL, link_downloads_left = NULL WHERE id = :id"""
)


def upgrade(op: Operations) -> None:
    """As a deletion does it from now on. SQLite's file keeps the old bytes until it is vacuumed; docs/upgrading.md says how."""
    connection = op.get_bind()
    last = ""
    while True:
        ended = sa.text(
            "SELECT id, idempotency_key FROM upload WHERE state = 'cancelled' AND id > :last ORDER BY id LIMIT :many"
        )
        rows = connection.execute(ended, {"last": last, "many": _AT_ONCE}).all()
        if not rows:
            return
        last = rows[-1][0]
        for upload_id, key in rows:
            hidden = f"deleted:{hashlib.sha256(key.encode(errors='replace')).hexdigest()}"
            connection.execute(_UPDATE, {"id": upload_id, "key": hidden, "yes": True})
            connection.execute(sa.text("DELETE FROM watch WHERE upload_id = :id"), {"id": upload_id})
            connection.execute(
                sa.text("UPDATE delivery SET error = 'deleted' WHERE upload_id = :id AND error IS NOT NULL"),
                {"id": upload_id},
            )
            found = connection.execute(
                sa.text("SELECT id, body FROM event WHERE upload_id = :id"), {"id": upload_id}
            ).all()
            for number, body in found:
                document = json.loads(body)
                document["upload"] |= _EMPTY
                connection.execute(
                    sa.text("UPDATE event SET body = :body WHERE id = :id"),
                    {"id": number, "body": json.dumps(document, ensure_ascii=False)},
                )


def downgrade(op: Operations) -> None:
    """What is forgotten stays so."""
