"""How many uploads of an owner are on their way is counted at each creation, without a look at what is done.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# As models.ARE_OPEN had it then.
OPEN = sa.text("state IN ('uploading', 'paused', 'verifying')")


def upgrade(op: Operations) -> None:
    """Make the index."""
    op.create_index("ix_upload_open", "upload", ["owner"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade(op: Operations) -> None:
    """Drop it."""
    op.drop_index("ix_upload_open", "upload")
