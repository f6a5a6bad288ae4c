"""Uploads and their parts.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Make the first two tables."""
    op.create_table(
        "upload",
        sa.Column("id", sa.String(32), primary_key=True, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("idempotency_key", sa.String(200), nullable=False),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("share_token", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(255), nullable=False),
        sa.Column("last_modified", Instant(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("error_code", sa.String(64), nullable=True),
        sa.Column("error_detail", sa.Text(), nullable=True),
        sa.Column("part_size", sa.BigInteger(), nullable=False),
        sa.Column("part_count", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("mismatches", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("multipart_id", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=True),
        sa.Column("confirmed_bytes", sa.BigInteger(), nullable=False),
        sa.Column("signed_at", Instant(), nullable=True),
        sa.Column("counted_at", Instant(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("completed_at", Instant(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.UniqueConstraint("owner", "idempotency_key", name="uq_upload_idempotency"),
        sa.UniqueConstraint("share_token", name="uq_upload_share_token"),
    )
    op.create_index("ix_upload_library", "upload", ["owner", "created_at", "id"])
    op.create_index("ix_upload_state", "upload", ["state", "updated_at"])
    op.create_table(
        "part",
        sa.Column(
            "upload_id", sa.Text(), sa.ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True, nullable=False
        ),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(44), nullable=False),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
    )


def downgrade(op: Operations) -> None:
    """Drop them again."""
    op.drop_table("part")
    op.drop_table("upload")
