"""Tokens with which programs act for somebody.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Nobody has any, yet."""
    op.create_table(
        "api_token",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.String(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
    )
    op.create_index("ix_api_token_hash", "api_token", ["hash"], unique=True)
    op.create_index("ix_api_token_owner", "api_token", ["owner"])


def downgrade(op: Operations) -> None:
    """Programs have to be let in another way."""
    op.drop_table("api_token")
