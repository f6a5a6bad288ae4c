"""What is said to a person is kept so that it reads in their language: why an upload failed, and where they are told.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """What is there already stays English."""
    op.add_column("upload", sa.Column("error_sentence", sa.JSON(), nullable=True))
    for table in ("contact", "push_subscription"):
        op.add_column(table, sa.Column("language", sa.String(35), nullable=False, server_default=""))


def downgrade(op: Operations) -> None:
    """Forget it; the English of each reason stays."""
    op.drop_column("push_subscription", "language")
    op.drop_column("contact", "language")
    op.drop_column("upload", "error_sentence")
