"""Whose a new upload is to be: its sender's own, or that of the owner of a drop link, within what the link allows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from smartupload.errors import DropClosed, DropFull, DropStale, FileTooLarge, NotSignedIn
from smartupload.models import DropLink, Upload
from smartupload.service.context import Context
from smartupload.service.drops import links, names
from smartupload.service.files import kinds, limits
from smartupload.service.owner import is_person
from smartupload.words import Sentence, Size


@dataclass(frozen=True, slots=True)
class Target:
    """`owner`: to whom it will belong; `sender`: who asks. Without a `link` they are the same."""

    owner: str
    sender: str
    link: DropLink | None = None

    def key(self, uploader: str, key: str) -> str:
        """The Idempotency-Key as it stands in the row."""
        return key if self.link is None else names.key_of(uploader, key)

    def mark(self, row: Upload) -> None:
        """Write down where it came from. Nobody is shown it but its owner, until they share it."""
        if self.link is not None:
            row.drop_id, row.sender, row.link_revoked = self.link.id, self.sender, True


def target(ctx: Context, sender: str, uploader: str) -> Target:
    """For what a sender's browser gives to this uploader.

    Raises DropClosed for a link that is no more, DropStale where the page was somebody else's, who has signed in or out since: a file is
    never taken to somebody for whom it was not meant. NotSignedIn for whoever has only a cookie, where people sign in.
    """
    drop_id = names.named(ctx, uploader, sender)
    if not drop_id:
        if names.exist(ctx) and not is_person(sender):
            raise NotSignedIn
        if names.is_uploader(uploader):
            raise DropStale
        return Target(sender, sender)
    link = links.find(ctx, drop_id)
    if link is None:
        raise DropClosed
    return Target(sender, sender) if link.owner == sender else Target(link.owner, sender, link)


def check(ctx: Context, link: DropLink, name: str, size: int, declared: str, head: bytes) -> None:
    """Of a file that is to be begun by the link. Raises DropClosed, FileTooLarge, TypeNotAllowed, TypeMismatch."""
    links.check_open(ctx, link)
    if link.most_size is not None and size > link.most_size:
        raise FileTooLarge(
            Sentence("problem-file_too_large-link", size=Size(size), limit=Size(link.most_size)),
            limit=link.most_size,
        )
    _check_kind(ctx, link, name, limits.clean_type(declared, name), head)


def check_arrived(ctx: Context, row: Upload, head: bytes) -> None:
    """Its first bytes once more, as they arrived. Raises TypeNotAllowed, TypeMismatch."""
    link = links.find(ctx, row.drop_id)
    if link is not None:
        _check_kind(ctx, link, row.name, row.type, head)


def _check_kind(ctx: Context, link: DropLink, name: str, kind: str, head: bytes) -> None:
    types = links.limits_of(link).types
    if types:
        kinds.check(ctx.settings.model_copy(update={"allowed_types": types}), name, kind, head)


@dataclass(slots=True)
class LinkRoom:
    """What is left of a link, and is taken file by file. None is no limit."""

    files: int | None
    bytes: int | None

    def take(self, size: int) -> None:
        """Raises DropFull when it does not fit; then nothing is taken."""
        if (self.files is not None and self.files < 1) or (self.bytes is not None and size > self.bytes):
            raise DropFull
        self.files = None if self.files is None else self.files - 1
        self.bytes = None if self.bytes is None else self.bytes - size


def room(session: Session, link: DropLink) -> LinkRoom:
    """What is left now; to be asked while the owner's creations queue up."""
    files, size = links.there(session, link.id)
    return LinkRoom(
        None if link.most_files is None else link.most_files - files,
        None if link.most_bytes is None else link.most_bytes - size,
    )
