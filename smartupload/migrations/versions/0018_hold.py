"""What keeps browsers from sending what they were handed over.

Revision ID: 0018
Revises: 0015
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Nothing is held, yet."""
    op.create_table(
        "hold",
        sa.Column("registration", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("uploads", sa.JSON(), nullable=False),
        sa.Column("stream", sa.String(64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("gone_at", Instant(), nullable=True),
        sa.Column("let_go_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("level_a", sa.Integer(), nullable=False),
        sa.Column("level_b", sa.Integer(), nullable=False),
        sa.Column("past_a", sa.Integer(), nullable=False),
        sa.Column("past_b", sa.Integer(), nullable=False),
    )
    op.create_index("ix_hold_stream", "hold", ["owner", "stream"])


def downgrade(op: Operations) -> None:
    """Browsers that ask are let go."""
    op.drop_table("hold")
