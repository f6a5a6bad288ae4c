"""Whom an operator means by a word: an owner's id, an address that they confirmed, or as what they sign in; and how much there is of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select, text

from smartupload.models import CANCELLED, COUNTED, WAS_SENT, ApiToken, Asked, Contact, DropLink, LoginSession, Upload
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.owner import MAX_LENGTH, owner_of_person, tag_of
from smartupload.service.personal import erase


@dataclass(frozen=True, slots=True)
class Summary:
    """How much there is of an owner. `bytes`: of the uploads; `sent`: by drop links of others, to whom these belong."""

    owner: str
    tag: str
    uploads: int
    bytes: int
    sent: int
    tokens: int
    drop_links: int
    sign_ins: int
    addresses: list[str]


def found(ctx: Context, word: str) -> dict[str, list[str]]:
    """The owners that the word may mean, each with why. Nobody of whom nothing is kept is among them."""
    people: dict[str, list[str]] = {}
    if not word or not inputs.is_name(word):
        return people
    with ctx.db.read() as session:
        for owner, why in _fitting(ctx, session, word):
            reasons = people.setdefault(owner, [])
            reasons += [] if why in reasons else [why]
    return people


def _fitting(ctx: Context, session: Session, word: str) -> Iterator[tuple[str, str]]:
    if _is_there(session, word):
        yield word, "their id"
    mails = select(Contact.owner).where(Contact.email != "", func.lower(Contact.email) == word.strip().lower())
    for owner in session.exec(mails):
        yield owner, "an address that they confirmed"
    signs_in = select(LoginSession.owner, LoginSession.issuer).where(LoginSession.subject == word).distinct()
    for owner, issuer in session.exec(signs_in):
        yield owner, f"signs in as this at {issuer}"
    # Whoever is signed in nowhere just now is somebody all the same.
    issuer = ctx.settings.oidc_issuer
    if issuer and _is_there(session, owner := owner_of_person(issuer, word)):
        yield owner, f"signs in as this at {issuer}"


def _is_there(session: Session, owner: str) -> bool:
    if len(owner) > MAX_LENGTH:
        return False
    theirs = [select(table.owner).where(table.owner == owner) for table in (Upload, Asked, *erase.THEIRS)]
    sent = select(Upload.sender).where(Upload.sender == owner, text(WAS_SENT))
    return any(session.exec(one.limit(1)).first() is not None for one in (*theirs, sent))


def summary(ctx: Context, owner: str) -> Summary:
    """How much there is."""

    def count(table: Any, *only: Any) -> int:
        return session.exec(select(func.count()).select_from(table).where(table.owner == owner, *only)).one()

    with ctx.db.read() as session:
        size = select(func.coalesce(func.sum(Upload.size), 0)).where(
            col(Upload.owner) == owner, col(Upload.state).in_(COUNTED)
        )
        sent = select(func.count()).select_from(Upload).where(col(Upload.sender) == owner, text(WAS_SENT))
        contact = session.get(Contact, owner)
        return Summary(
            owner=owner,
            tag=tag_of(owner),
            uploads=count(Upload, Upload.state != CANCELLED),
            bytes=int(session.exec(size).one()),
            sent=session.exec(sent).one(),
            tokens=count(ApiToken),
            drop_links=count(DropLink, DropLink.title != ""),
            sign_ins=count(LoginSession),
            addresses=[one for one in (contact.email, contact.asked) if one] if contact else [],
        )
