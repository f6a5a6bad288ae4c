"""An upload keeps what was said of it when it was begun, and which uploader of a page took it.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Nothing was said of those that are there."""
    op.add_column("upload", sa.Column("metadata", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("upload", sa.Column("uploader", sa.String(64), nullable=False, server_default=""))


def downgrade(op: Operations) -> None:
    """Forget it."""
    for column in ("uploader", "metadata"):
        op.drop_column("upload", column)
