"""What callers see of an upload: plain, frozen values, made from a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

from smartupload import words
from smartupload.hooks import Metadata
from smartupload.models import BLOCKED, READY, SCANNING, UPLOADING, GroupLink, Upload
from smartupload.service.context import Context
from smartupload.service.presentation import link_policy
from smartupload.words import Sentence


class UploadError(TypedDict):
    """Why an upload did not work: stable code, and a sentence for a person."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class UploadView:
    """One upload as its owner sees it. Sizes in bytes, moments in UTC.

    `epoch` grows by 1 whenever the multipart upload had to be opened anew: nothing confirmed before counts then.
    `checksum`, `versions`: what it was made of, once it was: S3's composite SHA-256, and the browsers' names of the states of
    the file that vouched for all parts when it was begun; the empty one is whoever gave no name. None and empty before.
    `metadata`, `uploader`: what whoever began it said of it (service/files/metadata.py); for nobody who only has the link.
    `link_open`: whether the link leads others to it now. `by_link`: somebody else sends it, or sent it, by a drop link, which its owner
    calls `drop_title`: only in lists, and empty once it is forgotten.
    `percent`: 0-100, as its own browser shows it where that says so.
    `tags`: those that its owner has given it (service/tags), where uploads are listed and looked at; else none.
    """

    id: str
    name: str
    size: int
    type: str
    last_modified: datetime | None
    state: str
    part_size: int
    part_count: int
    confirmed_bytes: int
    epoch: int
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    expires_at: datetime
    share_token: str
    share_url: str
    scan: str
    error: UploadError | None
    checksum: str | None = None
    versions: list[str] = field(default_factory=list[str])
    metadata: dict[str, str] = field(default_factory=dict[str, str])
    uploader: str = ""
    link_open: bool = True
    by_link: bool = False
    drop_title: str = ""
    percent: int = 0
    tags: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Some of an owner's uploads, newest first; `next_cursor` gives the next ones, None when these were the last."""

    uploads: list[UploadView]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ConfirmedPart:
    """A part the store holds. `sha256` is base64; `versions` are the browsers' names of the states of the file that it is of."""

    number: int
    size: int
    sha256: str
    versions: list[str]


@dataclass(frozen=True, slots=True)
class LinkView:
    """What the owner of an upload, or of a group, allows whoever has its link. None is no limit."""

    url: str
    token: str
    revoked: bool
    until: datetime | None
    downloads_left: int | None


@dataclass(frozen=True, slots=True)
class SharedFile:
    """What anybody with the link sees: the placeholder, and later the file. `percent` is 0-100.

    `preview`: how the file can be shown (service/presentation/previews.py), empty when it cannot. `preview_url` is None for a text.
    `no_preview`: why not, where that is worth a sentence.
    Nothing of the upload has moved since `moved_at`. `left`: seconds from and to, None when nothing can be said.
    """

    name: str
    size: int
    type: str
    state: str
    percent: int
    created_at: datetime
    completed_at: datetime | None
    download_url: str | None
    scan: str
    error: UploadError | None
    preview: str = ""
    preview_url: str | None = None
    epoch: int = 1
    moved_at: datetime | None = None
    no_preview: str = ""
    left: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """How a file came by a drop link: what its sender calls themself, and its owner the link; empty where that is not known."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A file's page as this visitor sees it: what anybody sees, and what only its owner does (else empty, None)."""

    file: SharedFile
    upload_id: str
    link: LinkView | None
    sent: Sent | None = None


def reason_of(row: Upload) -> Sentence | str:
    """Why an upload did not work: a sentence for every language, a text where it is somebody else's or from before there were others; empty for no reason."""
    kept = row.error_sentence
    return Sentence.of(kept) if kept and words.catalogues().has(kept["key"]) else row.error_detail or ""


def reason_text(row: Upload, language: str = "") -> str:
    """The same in this language, unless given in the one at hand."""
    reason = reason_of(row)
    return reason if isinstance(reason, str) else reason.read(language or words.language())


def error_of(row: Upload, language: str = "") -> UploadError | None:
    """The error on a row, in this language, unless given in the one at hand."""
    return UploadError(code=row.error_code, detail=reason_text(row, language)) if row.error_code else None


def link_of(ctx: Context, row: Upload | GroupLink) -> LinkView:
    """The link of a row."""
    return LinkView(
        url=share_url(ctx, row) if isinstance(row, Upload) else group_url(ctx, row),
        token=row.share_token,
        revoked=row.link_revoked,
        until=row.link_until,
        downloads_left=row.link_downloads_left,
    )


def type_of(row: Upload) -> str:
    """Its media type: what its first bytes showed counts more than what was said of it."""
    return row.sniffed or row.type


def metadata_of(row: Upload) -> Metadata:
    """What was said of it, for the app around, which cannot change it."""
    return Metadata(row.metadata_)


def percent_here(row: Upload) -> int:
    """How much of it is in the store: 100 only when it can be downloaded."""
    return 100 if row.state == READY else min(99, row.confirmed_bytes * 100 // row.size)


def percent_of(ctx: Context, row: Upload) -> int:
    """How much of it has left its browser, where that says so, else how much is in the store: 100 only when it can be downloaded."""
    said = ctx.sayings.of(row.id, row.epoch)
    there = max(row.confirmed_bytes, said.sent if said else 0)
    return 100 if row.state == READY else min(99, there * 100 // row.size)


def left_of(ctx: Context, row: Upload) -> tuple[float, float] | None:
    """Seconds that it still takes, as its browser says."""
    said = ctx.sayings.of(row.id, row.epoch) if row.state == UPLOADING else None
    return said.left(ctx.clock.now()) if said else None


def share_url(ctx: Context, row: Upload) -> str:
    """Where the file's page is."""
    return f"{ctx.settings.site_url}/f/{row.share_token}"


def group_url(ctx: Context, row: GroupLink) -> str:
    """Where the page of all files of a group is."""
    return f"{ctx.settings.site_url}/f/group/{row.share_token}"


def _never_shared(row: Upload) -> bool:
    """What came by a drop link leads to nobody until its owner shares it: there is no link to copy."""
    return bool(row.sender) and row.link_revoked


def view(ctx: Context, row: Upload, whose: str = "") -> UploadView:
    """The owner's view of a row; for `whose` it is who sends it by a drop link, the same without the file's own link."""
    made = row.state in (SCANNING, READY, BLOCKED)
    shares = whose in ("", row.owner)
    return UploadView(
        id=row.id,
        name=row.name,
        size=row.size,
        type=row.type,
        last_modified=row.last_modified,
        state=row.state,
        part_size=row.part_size,
        part_count=row.part_count,
        confirmed_bytes=row.confirmed_bytes,
        epoch=row.epoch,
        created_at=row.created_at,
        updated_at=row.updated_at,
        completed_at=row.completed_at,
        expires_at=row.expires_at,
        share_token=row.share_token if shares else "",
        share_url=share_url(ctx, row) if shares and not _never_shared(row) else "",
        scan=row.scan,
        error=error_of(row),
        checksum=row.checksum if made else None,
        versions=row.versions.split(" ") if made and row.versions is not None else [],
        metadata=row.metadata_,
        uploader=row.uploader,
        by_link=bool(row.sender),
        link_open=shares and link_policy.refusal(ctx, row) is None,
        percent=percent_of(ctx, row),
    )
