"""An upload that is whole says which steps of the app's own it still has to pass.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """None of those that are there."""
    op.add_column("upload", sa.Column("asked", sa.Text(), nullable=False, server_default=""))


def downgrade(op: Operations) -> None:
    """Forget it."""
    op.drop_column("upload", "asked")
