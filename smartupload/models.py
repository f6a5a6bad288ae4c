"""What is durable: uploads and their parts, what happened to them (the outbox), and whom to tell and how."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# The states of an upload; which may follow which stands in service/records/states.py.
UPLOADING, PAUSED, VERIFYING, SCANNING = "uploading", "paused", "verifying", "scanning"
READY, BLOCKED, FAILED, CANCELLED, EXPIRED = "ready", "blocked", "failed", "cancelled", "expired"

SENDING = (UPLOADING, PAUSED)
"""Parts are still to come."""
OPEN = (UPLOADING, PAUSED, VERIFYING)
"""The store holds a multipart upload for it."""
ARE_OPEN = "state IN ('uploading', 'paused', 'verifying')"
"""The same as a condition on rows."""
KEPT = (*OPEN, SCANNING, READY, BLOCKED, FAILED, EXPIRED)
"""Its owner still sees it."""
WAS_SENT = "sender <> ''"
"""It came by a drop link, as a condition on rows: word for word as the indexes have it."""
IS_IN_A_GROUP = "group_key <> ''"
"""It was given together with others: the same."""
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


_BY_LETTERS = Text().with_variant(Text(collation="C"), "postgresql")
"""Sorted as Python sorts texts, whatever language a database is set up for."""


class Row(SQLModel, registry=registry()):
    """What all tables here have in common: a registry of their own, since an app around may have an `Upload` or an `Event`, too."""


class Upload(Row, table=True):
    """One file on its way, and later the file itself.

    `metadata_`, `uploader`: what whoever began it said of it, and which uploader of a page took it; neither changes. SQLModel has
    the name `metadata` for itself.
    `name_key`: by which lists are sorted and searched (service/files/names.py).
    `adopted`: its owner did not begin it, but took it along from a cookie that was lost.
    `group_key`, `folder`: what its browser calls the files that were given together, and in which folder of them it was; else empty.
    `drop_id`, `sender`: of what came by a drop link (service/drops), which one that was, and who sent it; else empty.
    `key`: in quarantine until it is published. `sniffed`: the type that its first bytes show, empty when not known.
    `checksum`, `versions`: of what the object is being made, or was: S3's composite SHA-256 of the parts' digests, and the
    names of the versions that vouch for all of them, joined by a space; None when there are none.
    `scan`: empty before the scan, then `clean`, `found`, or `off` when nobody scanned it.
    `link_…`: what its owner allows whoever has the link; None is no limit.
    `confirmed_bytes` are as of `counted_at`, which stays while a new count finds the same. `looked_at`: when the server
    last looked at it unasked. `moved_at`: when anything of it last moved (signed, arrived, paused, another state), a
    sign of life. `updated_at`: when anything of the row last changed that its owner sees; streams read on from it.
    `asked`: the hooks that have to let it pass before it is published, by name, a line each; known once it is whole.
    `due_at`, `attempts`, `holder`: who finishes it and until when (service/finishing/backlog.py); None when there is nothing to finish.
    """

    __tablename__: ClassVar[Any] = "upload"
    __table_args__ = (
        UniqueConstraint("owner", "idempotency_key", name="uq_upload_idempotency"),
        UniqueConstraint("share_token", name="uq_upload_share_token"),
        Index("ix_upload_library", "owner", "created_at", "id"),
        Index("ix_upload_by_name", "owner", "name_key", "id"),
        Index("ix_upload_by_size", "owner", "size", "id"),
        # With the size, so that what there is in a state is counted and summed up out of it.
        Index("ix_upload_by_state", "owner", "state", "created_at", "id", "size"),
        Index("ix_upload_news", "owner", "updated_at"),
        Index("ix_upload_state", "state", "updated_at"),
        Index("ix_upload_handed_over", "handed_over_at"),
        Index("ix_upload_open", "owner", sqlite_where=text(ARE_OPEN), postgresql_where=text(ARE_OPEN)),
        Index("ix_upload_sender", "sender", sqlite_where=text(WAS_SENT), postgresql_where=text(WAS_SENT)),
        Index("ix_upload_drop", "drop_id", sqlite_where=text(WAS_SENT), postgresql_where=text(WAS_SENT)),
        Index(
            "ix_upload_group",
            "group_key",
            "created_at",
            "id",
            sqlite_where=text(IS_IN_A_GROUP),
            postgresql_where=text(IS_IN_A_GROUP),
        ),
        Index(
            "ix_upload_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    owner: str = Field(max_length=64)
    idempotency_key: str = Field(max_length=200)
    adopted: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    request_hash: str = Field(max_length=64)
    share_token: str = Field(max_length=32)

    name: str = Field(sa_column=Column(Text, nullable=False))
    name_key: str = Field(default="", sa_column=Column(_BY_LETTERS, nullable=False, server_default=""))
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    type: str = Field(max_length=255)
    last_modified: datetime | None = Field(default=None, sa_column=Column(Instant))
    metadata_: dict[str, str] = Field(
        default_factory=dict, sa_column=Column("metadata", JSON, key="metadata_", nullable=False, server_default="{}")
    )
    uploader: str = Field(default="", sa_column=Column(String(64), nullable=False, server_default=""))
    group_key: str = Field(default="", sa_column=Column(String(64), nullable=False, server_default=""))
    folder: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    drop_id: str = Field(default="", sa_column=Column(String(32), nullable=False, server_default=""))
    sender: str = Field(default="", sa_column=Column(String(64), nullable=False, server_default=""))

    state: str = Field(default=UPLOADING, max_length=16)
    error_code: str | None = Field(default=None, max_length=64)
    error_detail: str | None = Field(default=None, sa_column=Column(Text))
    error_sentence: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))

    part_size: int = Field(sa_column=Column(BigInteger, nullable=False))
    part_count: int
    epoch: int = 1
    mismatches: int = 0
    key: str = Field(sa_column=Column(Text, nullable=False))
    multipart_id: str = Field(sa_column=Column(Text, nullable=False))
    checksum: str | None = Field(default=None, max_length=64)
    versions: str | None = Field(default=None, sa_column=Column(Text))

    confirmed_bytes: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, default=0))
    signed_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    handed_over_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    counted_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    looked_at: datetime = Field(sa_column=Column(Instant, nullable=False))

    sniffed: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    scan: str = Field(default="", sa_column=Column(String(16), nullable=False, server_default=""))
    asked: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))

    due_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    attempts: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    holder: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))

    link_revoked: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    link_until: datetime | None = Field(default=None, sa_column=Column(Instant))
    link_downloads_left: int | None = None

    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    moved_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    updated_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    reminded_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    completed_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class Usage(Row, table=True):
    """How many bytes of an owner count against the quota (`COUNTED`). Triggers on the table of uploads keep it (migration 0009)."""

    __tablename__: ClassVar[Any] = "usage"

    owner: str = Field(primary_key=True, max_length=64)
    bytes: int = Field(sa_column=Column(BigInteger, nullable=False))


class Part(Row, table=True):
    """What was signed for a part number: one digest in one epoch, so nothing else can arrive.

    `versions`: which states of which browsers' files it is part of (service/parts/versions.py); None when it is forgotten, so
    that it counts as not there until the same bytes are signed again.
    """

    __tablename__: ClassVar[Any] = "part"

    upload_id: str = Field(
        sa_column=Column(Text, ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True, nullable=False)
    )
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False, nullable=False))
    epoch: int
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    sha256: str = Field(max_length=44)
    versions: str | None = Field(default="", sa_column=Column(Text, server_default=""))


def _number() -> Column[int]:
    """A primary key that counts up; SQLite counts in plain integers only."""
    return Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _upload_id(**more: Any) -> Column[str]:
    return Column(Text, ForeignKey("upload.id", ondelete="CASCADE"), nullable=False, **more)


class Event(Row, table=True):
    """Something that happened to an upload, written in the same transaction. `body` is the JSON that goes out."""

    __tablename__: ClassVar[Any] = "event"
    __table_args__ = (Index("ix_event_upload", "upload_id", "id"),)

    id: int | None = Field(default=None, sa_column=_number())
    upload_id: str = Field(sa_column=_upload_id())
    owner: str = Field(max_length=64)
    kind: str = Field(max_length=32)
    body: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))


# States of a delivery. Sent is also what nobody wants any longer, or whose receiver is no more.
WAITING, SENT, DEAD = "waiting", "sent", "dead"


class Delivery(Row, table=True):
    """One event on its way to one receiver.

    `channel`: webhook, queue, push, mail or hook. `target`: a push subscription's id, an owner for a mail, a hook's name, else empty.
    `due_at`: not before; while it is being sent, the moment from which on somebody else may try.
    `error`: why the last try failed, None as long as it is being tried.
    """

    __tablename__: ClassVar[Any] = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "channel", "target", name="uq_delivery"),
        Index("ix_delivery_due", "state", "channel", "due_at"),
        Index("ix_delivery_order", "upload_id", "channel", "target", "event_id"),
    )

    id: int | None = Field(default=None, sa_column=_number())
    event_id: int = Field(
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), ForeignKey("event.id", ondelete="CASCADE"), nullable=False
        )
    )
    upload_id: str = Field(sa_column=_upload_id())
    channel: str = Field(max_length=16)
    target: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    state: str = Field(default=WAITING, max_length=16)
    attempts: int = 0
    error: str | None = Field(default=None, sa_column=Column(Text))
    due_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    sent_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class Tag(Row, table=True):
    """A word that an upload's owner has given it (service/tags), which only they see. `key`: by which tags are the same.

    Whose it is says the upload. Its primary key is the index: a list goes through the uploads of one owner, and asks it of each.
    """

    __tablename__: ClassVar[Any] = "tag"

    upload_id: str = Field(sa_column=_upload_id(primary_key=True))
    key: str = Field(sa_column=Column(_BY_LETTERS, primary_key=True, nullable=False))
    name: str = Field(sa_column=Column(Text, nullable=False))


class Watch(Row, table=True):
    """Somebody (an owner id, so a browser) who wants to know when somebody else's upload is there."""

    __tablename__: ClassVar[Any] = "watch"

    upload_id: str = Field(sa_column=_upload_id(primary_key=True))
    owner: str = Field(primary_key=True, max_length=64)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class Download(Row, table=True):
    """Somebody who took a file by a limited link lately (service/links/visitors.py): an owner id, so a browser, or a hash of where a program is."""

    __tablename__: ClassVar[Any] = "download"
    __table_args__ = (Index("ix_download_taken", "taken_at"),)

    upload_id: str = Field(sa_column=_upload_id(primary_key=True))
    owner: str = Field(primary_key=True, max_length=64)
    taken_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class PushSubscription(Row, table=True):
    """Where one browser of an owner takes pushes (RFC 8030), the keys for it (RFC 8291, base64url), and what it reads; empty for English."""

    __tablename__: ClassVar[Any] = "push_subscription"
    __table_args__ = (
        UniqueConstraint("endpoint", name="uq_push_endpoint"),
        Index("ix_push_owner", "owner"),
    )

    id: str = Field(primary_key=True, max_length=32)
    owner: str = Field(max_length=64)
    endpoint: str = Field(sa_column=Column(Text, nullable=False))
    p256dh: str = Field(max_length=128)
    auth: str = Field(max_length=64)
    language: str = Field(default="", sa_column=Column(String(35), nullable=False, server_default=""))
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class Contact(Row, table=True):
    """Where an owner takes mails. `email` is confirmed; `asked` waits for its confirmation since `asked_at`. `language`: what they read, empty for English.

    `tag` is what the links in the mails call it, `secret` signs them: changing it makes all earlier ones void.
    """

    __tablename__: ClassVar[Any] = "contact"
    __table_args__ = (UniqueConstraint("tag", name="uq_contact_tag"),)

    owner: str = Field(primary_key=True, max_length=64)
    tag: str = Field(default_factory=lambda: secrets.token_hex(8), max_length=16)
    email: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    asked: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    asked_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    mails: bool = Field(default=True, sa_column=Column(Boolean, nullable=False, server_default=true()))
    pushes: bool = Field(default=True, sa_column=Column(Boolean, nullable=False, server_default=true()))
    language: str = Field(default="", sa_column=Column(String(35), nullable=False, server_default=""))
    secret: str = Field(default_factory=lambda: secrets.token_hex(32), max_length=64)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class Asked(Row, table=True):
    """A mail that asked whether an address is right: what limits how many of them anybody can cause.

    `address` is its SHA-256.
    """

    __tablename__: ClassVar[Any] = "asked"
    __table_args__ = (
        Index("ix_asked_owner", "owner", "asked_at"),
        Index("ix_asked_address", "address", "asked_at"),
        Index("ix_asked_at", "asked_at"),
    )

    id: int | None = Field(default=None, sa_column=_number())
    owner: str = Field(max_length=64)
    address: str = Field(max_length=64)
    asked_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class Audit(Row, table=True):
    """Who did what to which upload, from where (service/audit/entries.py). Never a name, an address of a file, or a token.

    It outlives the upload, so nothing refers to its row. `by`: what `who` was there: `owner`, `token`, `visitor`, `admin`, `server`, `nobody`.
    `address`: the network address they came from. `detail` is JSON.
    """

    __tablename__: ClassVar[Any] = "audit"
    __table_args__ = (
        Index("ix_audit_upload", "upload_id"),
        Index("ix_audit_owner", "owner"),
        Index("ix_audit_at", "at"),
    )

    id: int | None = Field(default=None, sa_column=_number())
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
    action: str = Field(max_length=32)
    by: str = Field(max_length=16)
    who: str = Field(max_length=64)
    address: str = Field(max_length=64)
    owner: str = Field(max_length=64)
    upload_id: str = Field(max_length=32)
    detail: str = Field(sa_column=Column(Text, nullable=False))


class Hold(Row, table=True):
    """What keeps a browser from sending what it has in its own hands, by the name of its registration (service/holds).

    `stream`: by which it is known that the engine lives: `seen_at` when it was last seen, `gone_at` when it ended. `let_go_at`: from when on
    the browser sends. `level_…`: at which level each of the browser's two lanes waits, or waited last; `past_…`: from which it was
    sent on. `ended_at`: from when on the browser is told to drop the rest.
    """

    __tablename__: ClassVar[Any] = "hold"
    __table_args__ = (Index("ix_hold_stream", "owner", "stream"),)

    registration: str = Field(primary_key=True, max_length=64)
    owner: str = Field(primary_key=True, max_length=64)
    uploads: list[str] = Field(sa_column=Column(JSON, nullable=False))
    stream: str = Field(max_length=64)
    made_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    seen_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    gone_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    let_go_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    ended_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    level_a: int = -1
    level_b: int = -1
    past_a: int = -1
    past_b: int = -1


class Worker(Row, table=True):
    """A process that finishes uploads, and when it last said that it lives."""

    __tablename__: ClassVar[Any] = "worker"

    name: str = Field(sa_column=Column(Text, primary_key=True, nullable=False))
    seen_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class LoginSession(Row, table=True):
    """Somebody who has signed in, in one browser, which holds the secret of which `id` is the hash.

    `subject`, `sid`: whom and which of their sessions the issuer means when it ends them. `expires_at`: moves on while it is
    used. `ended_at`: the person or the issuer has ended it; one that has only expired still says whose the browser's uploads are.
    `asked`: whether to take along what was begun here before is answered.
    """

    __tablename__: ClassVar[Any] = "login_session"
    __table_args__ = (
        Index("ix_login_session_subject", "issuer", "subject"),
        Index("ix_login_session_expires", "expires_at"),
    )

    id: str = Field(primary_key=True, max_length=64)
    owner: str = Field(max_length=64)
    issuer: str = Field(sa_column=Column(Text, nullable=False))
    subject: str = Field(sa_column=Column(Text, nullable=False))
    sid: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    name: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    email: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    asked: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class ApiToken(Row, table=True):
    """With which a program acts for its owner, who knows it; here is its hash. `scopes`: what it is good for, with spaces between. Revoked, the row goes."""

    __tablename__: ClassVar[Any] = "api_token"
    __table_args__ = (Index("ix_api_token_hash", "hash", unique=True), Index("ix_api_token_owner", "owner"))

    id: str = Field(primary_key=True, max_length=32)
    hash: str = Field(max_length=64)
    owner: str = Field(max_length=64)
    name: str = Field(sa_column=Column(Text, nullable=False))
    scopes: str = Field(max_length=32)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    used_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class DropLink(Row, table=True):
    """With which somebody without an account sends files to its owner (service/drops). Its token is made of `id`, and stands nowhere.

    `asker`: who is said to ask, as far as the owner wants. `most_files`, `most_size`, `most_bytes`: of what is there of it at a
    time, of one file, and of all together; None is no limit. `types`: the only ones, with commas between; empty for all.
    """

    __tablename__: ClassVar[Any] = "drop_link"
    __table_args__ = (Index("ix_drop_link_owner", "owner"), Index("ix_drop_link_until", "until"))

    id: str = Field(primary_key=True, max_length=32)
    owner: str = Field(max_length=64)
    title: str = Field(sa_column=Column(Text, nullable=False))
    asker: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    most_files: int | None = None
    most_size: int | None = Field(default=None, sa_column=Column(BigInteger))
    most_bytes: int | None = Field(default=None, sa_column=Column(BigInteger))
    types: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    until: datetime = Field(sa_column=Column(Instant, nullable=False))
    closed_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    made_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class GroupLink(Row, table=True):
    """One link for all files of an owner that were given together (service/links/groups.py). Which these are stands in their own rows.

    `group_key`: what the browser calls them. `link_…`: as of an upload.
    """

    __tablename__: ClassVar[Any] = "group_link"
    __table_args__ = (
        UniqueConstraint("owner", "group_key", name="uq_group_link_key"),
        UniqueConstraint("share_token", name="uq_group_link_share_token"),
    )

    id: str = Field(primary_key=True, max_length=32)
    owner: str = Field(max_length=64)
    group_key: str = Field(max_length=64)
    share_token: str = Field(max_length=32)
    link_revoked: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    link_until: datetime | None = Field(default=None, sa_column=Column(Instant))
    link_downloads_left: int | None = None
    made_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class GroupDownload(Row, table=True):
    """Somebody who took files by a limited link of a group lately; as `Download` is for one file."""

    __tablename__: ClassVar[Any] = "group_download"
    __table_args__ = (Index("ix_group_download_taken", "taken_at"),)

    group_id: str = Field(
        sa_column=Column(Text, ForeignKey("group_link.id", ondelete="CASCADE"), primary_key=True, nullable=False)
    )
    owner: str = Field(primary_key=True, max_length=64)
    taken_at: datetime = Field(sa_column=Column(Instant, nullable=False))
