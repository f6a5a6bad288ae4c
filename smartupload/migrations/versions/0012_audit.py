"""Who did what to which upload, and from where.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Nothing is known of what was done before."""
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("upload_id", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
    )
    op.create_index("ix_audit_upload", "audit", ["upload_id"])
    op.create_index("ix_audit_owner", "audit", ["owner"])
    op.create_index("ix_audit_at", "audit", ["at"])


def downgrade(op: Operations) -> None:
    """Forget it."""
    op.drop_table("audit")
