"""What is durable: one row per upload, one row per part that was ever signed in its current epoch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, Integer, Text, UniqueConstraint, false
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# Upload states (design, section 4).
UPLOADING, PAUSED, VERIFYING, SCANNING = "uploading", "paused", "verifying", "scanning"
READY, BLOCKED, FAILED, CANCELLED, EXPIRED = "ready", "blocked", "failed", "cancelled", "expired"

SENDING = (UPLOADING, PAUSED)
"""Parts are still to come."""
OPEN = (UPLOADING, PAUSED, VERIFYING)
"""The store holds a multipart upload for it."""
KEPT = (*OPEN, SCANNING, READY, BLOCKED, FAILED, EXPIRED)
"""Its owner still sees it."""
COUNTED = (UPLOADING, PAUSED, VERIFYING, SCANNING, READY, BLOCKED)
"""Counts against the owner's quota."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets time zones, so they are put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """To UTC; a naive moment is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database, with the time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Upload(SQLModel, table=True):
    """One file on its way, and later the file itself.

    `claimed`: its owner did not begin it, but took it along from a cookie that was lost.
    """

    __tablename__: ClassVar[Any] = "upload"
    __table_args__ = (
        UniqueConstraint("owner", "idempotency_key", name="uq_upload_idempotency"),
        UniqueConstraint("share_token", name="uq_upload_share_token"),
        Index("ix_upload_library", "owner", "created_at", "id"),
        Index("ix_upload_state", "state", "updated_at"),
        Index("ix_upload_handed_over", "handed_over_at"),
    )

    id: str = Field(primary_key=True, max_length=32)
    owner: str = Field(max_length=64)
    idempotency_key: str = Field(max_length=200)
    claimed: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    request_hash: str = Field(max_length=64)
    share_token: str = Field(max_length=32)

    name: str = Field(sa_column=Column(Text, nullable=False))
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    type: str = Field(max_length=255)
    last_modified: datetime | None = Field(default=None, sa_column=Column(Instant))

    state: str = Field(default=UPLOADING, max_length=16)
    error_code: str | None = Field(default=None, max_length=64)
    error_detail: str | None = Field(default=None, sa_column=Column(Text))

    part_size: int = Field(sa_column=Column(BigInteger, nullable=False))
    part_count: int
    epoch: int = 1
    mismatches: int = 0
    key: str = Field(sa_column=Column(Text, nullable=False))
    multipart_id: str = Field(sa_column=Column(Text, nullable=False))
    checksum: str | None = Field(default=None, max_length=64)

    confirmed_bytes: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, default=0))
    signed_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    handed_over_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    counted_at: datetime = Field(sa_column=Column(Instant, nullable=False))

    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    updated_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    completed_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class Part(SQLModel, table=True):
    """What was signed for a part number. Where the store lists no digests, this is how they are known.

    `ambiguous`: more than one digest was signed in this epoch, so the store may hold either.
    """

    __tablename__: ClassVar[Any] = "part"

    upload_id: str = Field(
        sa_column=Column(Text, ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True, nullable=False)
    )
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False, nullable=False))
    epoch: int
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    sha256: str = Field(max_length=44)
    ambiguous: bool = False
