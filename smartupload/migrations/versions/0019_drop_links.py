"""Drop links, and who sent what came by one.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_WAS_SENT = sa.text("sender <> ''")


def upgrade(op: Operations) -> None:
    """Nobody has any yet, and all that is there was begun by its owner."""
    op.add_column("upload", sa.Column("drop_id", sa.String(32), nullable=False, server_default=""))
    op.add_column("upload", sa.Column("sender", sa.String(64), nullable=False, server_default=""))
    for name, column in (("ix_upload_sender", "sender"), ("ix_upload_drop", "drop_id")):
        op.create_index(name, "upload", [column], sqlite_where=_WAS_SENT, postgresql_where=_WAS_SENT)
    op.create_table(
        "drop_link",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False, server_default=""),
        sa.Column("most_files", sa.Integer(), nullable=True),
        sa.Column("most_size", sa.BigInteger(), nullable=True),
        sa.Column("most_bytes", sa.BigInteger(), nullable=True),
        sa.Column("types", sa.Text(), nullable=False, server_default=""),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
    )
    op.create_index("ix_drop_link_owner", "drop_link", ["owner"])
    op.create_index("ix_drop_link_until", "drop_link", ["until"])


def downgrade(op: Operations) -> None:
    """What came by one is its owner's alone from then on."""
    op.drop_table("drop_link")
    for name in ("ix_upload_sender", "ix_upload_drop"):
        op.drop_index(name, "upload")
    for column in ("drop_id", "sender"):
        op.drop_column("upload", column)
