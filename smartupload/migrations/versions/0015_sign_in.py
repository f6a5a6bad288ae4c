"""Who has signed in, in which browser.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Nobody has, yet."""
    op.create_table(
        "login_session",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=False, server_default=""),
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("email", sa.Text(), nullable=False, server_default=""),
        sa.Column("asked", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
    )
    op.create_index("ix_login_session_subject", "login_session", ["issuer", "subject"])
    op.create_index("ix_login_session_expires", "login_session", ["expires_at"])


def downgrade(op: Operations) -> None:
    """Everybody is signed out."""
    op.drop_table("login_session")
