"""Files that were given together are known to be, and may have one link for all of them.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_IS_IN_A_GROUP = sa.text("group_key <> ''")


def upgrade(op: Operations) -> None:
    """Of what is there already nobody knows any more what it came with."""
    op.add_column("upload", sa.Column("group_key", sa.String(64), nullable=False, server_default=""))
    op.add_column("upload", sa.Column("folder", sa.Text(), nullable=False, server_default=""))
    columns = ["group_key", "created_at", "id"]
    op.create_index("ix_upload_group", "upload", columns, sqlite_where=_IS_IN_A_GROUP, postgresql_where=_IS_IN_A_GROUP)
    op.create_table(
        "group_link",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("group_key", sa.String(64), nullable=False),
        sa.Column("share_token", sa.String(32), nullable=False),
        sa.Column("link_revoked", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("link_until", Instant(), nullable=True),
        sa.Column("link_downloads_left", sa.Integer(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.UniqueConstraint("owner", "group_key", name="uq_group_link_key"),
        sa.UniqueConstraint("share_token", name="uq_group_link_share_token"),
    )
    op.create_table(
        "group_download",
        sa.Column("group_id", sa.Text(), sa.ForeignKey("group_link.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("taken_at", Instant(), nullable=False),
    )
    op.create_index("ix_group_download_taken", "group_download", ["taken_at"])


def downgrade(op: Operations) -> None:
    """The files stay, with links of their own."""
    op.drop_table("group_download")
    op.drop_table("group_link")
    op.drop_index("ix_upload_group", "upload")
    for column in ("group_key", "folder"):
        op.drop_column("upload", column)
