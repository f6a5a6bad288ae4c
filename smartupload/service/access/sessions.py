"""How long somebody is signed in: a row for each browser, which holds the secret; it moves on while it is used, and ends at a word."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select

from smartupload.models import LoginSession
from smartupload.ports import SignedIn, SignedOut
from smartupload.service.audit import doer, entries
from smartupload.service.context import Context
from smartupload.service.owner import new_secret, owner_of_person

KEPT = timedelta(days=30)
"""After its end a row still says whose the uploads in that browser are, or that they are nobody's any more."""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of somebody who signed in. `live`: it opens what is theirs; one that has expired only says who it was."""

    id: str
    owner: str
    name: str
    email: str
    asked: bool
    live: bool


def begin(ctx: Context, who: SignedIn) -> str:
    """Somebody has signed in; the secret for their browser."""
    secret, now = new_secret(), ctx.clock.now()
    row = LoginSession(
        id=_id(secret),
        owner=owner_of_person(who.issuer, who.subject),
        issuer=who.issuer,
        subject=who.subject,
        sid=who.sid,
        name=who.name,
        email=who.email,
        created_at=now,
        expires_at=now + _life(ctx),
    )
    with ctx.db.write() as session:
        session.add(row)
        with doer.acting(replace(doer.current(), who=row.owner)):
            entries.note(ctx, entries.SIGNED_IN, owner=row.owner, session=session)
    return secret


def find(ctx: Context, secret: str) -> Session | None:
    """Whose secret it is; None for one that was ended, or that nobody knows. Used in the second half of its life it lives on."""
    with ctx.db.read() as session:
        row = session.get(LoginSession, _id(secret))
    if row is None or row.ended_at is not None:
        return None
    now = ctx.clock.now()
    if now < row.expires_at < now + _life(ctx) / 2:
        going_on = update(LoginSession).where(col(LoginSession.id) == row.id, col(LoginSession.ended_at).is_(None))
        with ctx.db.write() as session:
            session.exec(going_on.values(expires_at=now + _life(ctx)))
    return Session(row.id, row.owner, row.name, row.email, row.asked, now < row.expires_at)


def answered(ctx: Context, session_id: str) -> None:
    """Whoever it is has said whether to take along what was begun here before."""
    with ctx.db.write() as session:
        session.exec(update(LoginSession).where(col(LoginSession.id) == session_id).values(asked=True))


def end(ctx: Context, session_id: str) -> None:
    """The person has signed out in this browser."""
    _end(ctx, [session_id], by_provider=False)


def end_as_told(ctx: Context, told: SignedOut) -> int:
    """What the identity provider ends; how many there were."""
    meant = select(LoginSession).where(
        col(LoginSession.issuer) == told.issuer,
        col(LoginSession.ended_at).is_(None),
        col(LoginSession.created_at) <= told.before,
    )
    if told.subject:
        meant = meant.where(col(LoginSession.subject) == told.subject)
    if told.sid:
        meant = meant.where(col(LoginSession.sid) == told.sid)
    with ctx.db.read() as session:
        ids = [row.id for row in session.exec(meant)]
    _end(ctx, ids, by_provider=True)
    return len(ids)


def forget_old(ctx: Context) -> None:
    """Of those that were over long ago nothing is kept."""
    with ctx.db.write() as session:
        session.exec(delete(LoginSession).where(col(LoginSession.expires_at) < ctx.clock.now() - KEPT))


def _end(ctx: Context, ids: Sequence[str], *, by_provider: bool) -> None:
    if not ids:
        return
    open_ones = update(LoginSession).where(col(LoginSession.id).in_(ids), col(LoginSession.ended_at).is_(None))
    with ctx.db.write() as session:
        ended = session.exec(open_ones.values(ended_at=ctx.clock.now()).returning(col(LoginSession.owner)))
        owners = list(ended.scalars())
        for owner in owners:
            # What the provider says is said for nobody who is here.
            who = doer.current() if by_provider else replace(doer.current(), who=owner)
            with doer.acting(who):
                detail = {"by_provider": True} if by_provider else {}
                entries.note(ctx, entries.SIGNED_OUT, detail, owner=owner, session=session)
    # Pages that are open look again, and find that they are nobody's.
    for owner in set(owners):
        ctx.live.changed(owner)


def _life(ctx: Context) -> timedelta:
    return timedelta(seconds=ctx.settings.session_seconds)


def _id(secret: str) -> str:
    return hashlib.sha256(b"smartupload session " + secret.encode()).hexdigest()
