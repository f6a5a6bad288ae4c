"""Who took a file by a limited link lately.

Revision ID: 0017
Revises: 0015
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Of earlier ones nobody knows who they were: a visitor in the middle of a download counts once more."""
    op.create_table(
        "download",
        sa.Column("upload_id", sa.Text(), sa.ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("taken_at", Instant(), nullable=False),
    )
    op.create_index("ix_download_taken", "download", ["taken_at"])


def downgrade(op: Operations) -> None:
    """Each request counts again."""
    op.drop_table("download")
