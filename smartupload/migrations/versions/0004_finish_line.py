"""What finishing finds out, what happened (the outbox), whom to tell, and what a link allows.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic.operations import Operations

from smartupload.models import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = ("asked", "contact", "push_subscription", "watch", "delivery", "event")
_COLUMNS = ("reminded_at", "link_downloads_left", "link_until", "link_revoked", "scan", "sniffed")


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, Instant(), nullable=nullable)


def _upload(primary: bool = False) -> sa.Column:
    return sa.Column(
        "upload_id", sa.Text(), sa.ForeignKey("upload.id", ondelete="CASCADE"), nullable=False, primary_key=primary
    )


def upgrade(op: Operations) -> None:
    """Add the columns and tables."""
    op.add_column("upload", sa.Column("sniffed", sa.Text(), nullable=False, server_default=""))
    op.add_column("upload", sa.Column("scan", sa.String(16), nullable=False, server_default=""))
    op.add_column("upload", sa.Column("link_revoked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("upload", _moment("link_until", nullable=True))
    op.add_column("upload", sa.Column("link_downloads_left", sa.Integer(), nullable=True))
    op.add_column("upload", _moment("reminded_at", nullable=True))
    op.create_index("ix_upload_news", "upload", ["owner", "updated_at"])
    # What was ready before there was a scan says so.
    op.execute("UPDATE upload SET scan = 'off' WHERE state = 'ready'")
    op.create_table(
        "event",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        _upload(),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _moment("created_at"),
    )
    op.create_index("ix_event_upload", "event", ["upload_id", "id"])
    op.create_table(
        "delivery",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("event_id", _NUMBER, sa.ForeignKey("event.id", ondelete="CASCADE"), nullable=False),
        _upload(),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("target", sa.Text(), nullable=False, server_default=""),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        _moment("due_at"),
        _moment("created_at"),
        _moment("sent_at", nullable=True),
        sa.UniqueConstraint("event_id", "channel", "target", name="uq_delivery"),
    )
    op.create_index("ix_delivery_due", "delivery", ["state", "channel", "due_at"])
    op.create_index("ix_delivery_order", "delivery", ["upload_id", "channel", "target", "event_id"])
    op.create_table(
        "watch",
        _upload(primary=True),
        sa.Column("owner", sa.String(64), primary_key=True, nullable=False),
        _moment("created_at"),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(128), nullable=False),
        sa.Column("auth", sa.String(64), nullable=False),
        _moment("created_at"),
        sa.UniqueConstraint("endpoint", name="uq_push_endpoint"),
    )
    op.create_index("ix_push_owner", "push_subscription", ["owner"])
    op.create_table(
        "contact",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("tag", sa.String(16), nullable=False),
        sa.Column("email", sa.Text(), nullable=False, server_default=""),
        sa.Column("asked", sa.Text(), nullable=False, server_default=""),
        _moment("asked_at", nullable=True),
        sa.Column("mails", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("pushes", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("secret", sa.String(64), nullable=False),
        _moment("created_at"),
        sa.UniqueConstraint("tag", name="uq_contact_tag"),
    )
    op.create_table(
        "asked",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        _moment("asked_at"),
    )
    op.create_index("ix_asked_owner", "asked", ["owner", "asked_at"])
    op.create_index("ix_asked_address", "asked", ["address", "asked_at"])
    op.create_index("ix_asked_at", "asked", ["asked_at"])


def downgrade(op: Operations) -> None:
    """Forget them again."""
    for table in _TABLES:
        op.drop_table(table)
    op.drop_index("ix_upload_news", "upload")
    for column in _COLUMNS:
        op.drop_column("upload", column)
