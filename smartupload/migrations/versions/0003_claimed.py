"""Which uploads were taken along by an owner who did not begin them.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Add the mark."""
    op.add_column("upload", sa.Column("claimed", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade(op: Operations) -> None:
    """Forget it again."""
    op.drop_column("upload", "claimed")
