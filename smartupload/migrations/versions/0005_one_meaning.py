"""When the server last looked at an upload, and when anything of it last moved: two moments that others had to stand for.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from smartupload.models import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BEFORE = {"looked_at": "counted_at", "moved_at": "updated_at"}


def upgrade() -> None:
    """Add the moments, as the columns had them that meant them too."""
    for name, before in _BEFORE.items():
        # SQLite adds no column that must be filled without saying with what; every row is filled at once.
        op.add_column("upload", sa.Column(name, Instant(), nullable=False, server_default="1970-01-01 00:00:00+00:00"))
        op.execute(f"UPDATE upload SET {name} = {before}")
        if op.get_bind().dialect.name != "sqlite":
            op.alter_column("upload", name, server_default=None)


def downgrade() -> None:
    """Forget them again."""
    for name in _BEFORE:
        op.drop_column("upload", name)
