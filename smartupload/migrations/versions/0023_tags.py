"""Owners give tags to their files.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """No file has one yet."""
    by_letters = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "tag",
        sa.Column("upload_id", sa.Text(), sa.ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", by_letters, primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
    )


def downgrade(op: Operations) -> None:
    """They are forgotten."""
    op.drop_table("tag")
