"""When parts were last handed over to the browser.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Add the moment."""
    op.add_column("upload", sa.Column("handed_over_at", Instant(), nullable=True))
    op.create_index("ix_upload_handed_over", "upload", ["handed_over_at"])


def downgrade(op: Operations) -> None:
    """Forget it again."""
    op.drop_index("ix_upload_handed_over", "upload")
    op.drop_column("upload", "handed_over_at")
