"""Who finishes an upload and until when, in the upload's own row, and which processes do so.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_DUE = sa.text("due_at IS NOT NULL")


def upgrade(op: Operations) -> None:
    """Add the lease; what waits to be finished is due."""
    op.add_column("upload", sa.Column("due_at", Instant(), nullable=True))
    op.add_column("upload", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("upload", sa.Column("holder", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_upload_due", "upload", ["due_at"], sqlite_where=_DUE, postgresql_where=_DUE)
    op.execute("UPDATE upload SET due_at = updated_at WHERE state = 'scanning'")
    op.create_table(
        "worker",
        sa.Column("name", sa.Text(), primary_key=True, nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
    )


def downgrade(op: Operations) -> None:
    """Forget them again."""
    op.drop_table("worker")
    op.drop_index("ix_upload_due", "upload")
    for column in ("holder", "attempts", "due_at"):
        op.drop_column("upload", column)
