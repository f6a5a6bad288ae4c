"""Lists of files are sorted by name, size and state, and searched by name, in the database.

Revision ID: 0021
Revises: 0020
"""

import unicodedata

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

AT_ONCE = 1000
INDEXES = {
    "ix_upload_by_name": ["owner", "name_key", "id"],
    "ix_upload_by_size": ["owner", "size", "id"],
    "ix_upload_by_state": ["owner", "state", "created_at", "id", "size"],
}
_UPLOADS = sa.table("upload", sa.column("id", sa.Text), sa.column("name", sa.Text), sa.column("name_key", sa.Text))


def upgrade(op: Operations) -> None:
    """Each name gets its key, some rows at a time: no database folds letters as Python does."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("upload", sa.Column("name_key", kind, nullable=False, server_default=""))
    connection, after = op.get_bind(), ""
    some = sa.select(_UPLOADS.c.id, _UPLOADS.c.name).order_by(_UPLOADS.c.id).limit(AT_ONCE)
    one = sa.update(_UPLOADS).where(_UPLOADS.c.id == sa.bindparam("its_id")).values(name_key=sa.bindparam("its_key"))
    while found := connection.execute(some.where(_UPLOADS.c.id > after)).all():
        keys = [
            {"its_id": upload_id, "its_key": unicodedata.normalize("NFC", name).casefold()} for upload_id, name in found
        ]
        connection.execute(one, keys)
        after = found[-1].id
    for name, columns in INDEXES.items():
        op.create_index(name, "upload", columns)


def downgrade(op: Operations) -> None:
    """Forget keys and orders."""
    for name in INDEXES:
        op.drop_index(name, "upload")
    op.drop_column("upload", "name_key")
