"""When the server last looked at an upload, and when anything of it last moved: two moments that others had to stand for.
And what was taken along from a lost cookie is called adopted, as it is in the code: a claim is something else.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BEFORE = {"looked_at": "counted_at", "moved_at": "updated_at"}


def upgrade(op: Operations) -> None:
    """Add the moments, as the columns had them that meant them too."""
    for name, before in _BEFORE.items():
        # SQLite adds no column that must be filled without saying with what; every row is filled at once.
        op.add_column("upload", sa.Column(name, Instant(), nullable=False, server_default="1970-01-01 00:00:00+00:00"))
        op.execute(f"UPDATE upload SET {name} = {before}")
        if op.get_bind().dialect.name != "sqlite":
            op.alter_column("upload", name, server_default=None)
    op.alter_column("upload", "claimed", new_column_name="adopted")


def downgrade(op: Operations) -> None:
    """Forget them again."""
    op.alter_column("upload", "adopted", new_column_name="claimed")
    for name in _BEFORE:
        op.drop_column("upload", name)
