"""A part has one digest in one epoch, and says for which versions of a file; an upload says of which it was made.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """What was signed with two digests is forgotten, so that it is sent again."""
    op.execute(sa.text("DELETE FROM part WHERE ambiguous"))
    op.drop_column("part", "ambiguous")
    op.add_column("part", sa.Column("versions", sa.Text(), nullable=True, server_default=""))
    op.add_column("upload", sa.Column("versions", sa.Text(), nullable=True))


def downgrade(op: Operations) -> None:
    """Forget the versions again."""
    op.drop_column("upload", "versions")
    op.drop_column("part", "versions")
    op.add_column("part", sa.Column("ambiguous", sa.Boolean(), nullable=False, server_default=sa.false()))
