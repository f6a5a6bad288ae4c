"""Tokens with which programs act for somebody: what each is good for, how long, and when it was used last. Whoever made one is shown it once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from smartupload.errors import InvalidRequest, NotFound, TooManyTokens
from smartupload.models import ApiToken
from smartupload.service import inputs
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.owner import is_secret, new_secret
from smartupload.words import Sentence

PREFIX = "sut_"
"""By which it is known as one of ours, also by what searches for secrets in the wrong places."""
UPLOAD, READ = "upload", "read"
SCOPES = (UPLOAD, READ)
"""To put files and go on with them; to see and fetch what is there."""
MOST = 50
"""Of one owner at a time."""
MOST_DAYS = 365
LONGEST_NAME = 100
KEPT = timedelta(days=30)
"""After its end the list still says that there was one."""
_SEEN = timedelta(minutes=1)
"""So often its last use is written down: a program makes a call every few parts."""


@dataclass(frozen=True, slots=True)
class TokenView:
    """What its owner sees of it. `is_over`: it has expired."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class Use:
    """Of a token that is good: for whom, and for what."""

    id: str
    owner: str
    scopes: frozenset[str]


def make(ctx: Context, owner: str, name: str, scopes: Collection[str], days: int) -> tuple[TokenView, str]:
    """A new one, and its text, which nobody is told again. Raises InvalidRequest, TooManyTokens."""
    name = name.strip()
    wanted = tuple(one for one in SCOPES if one in scopes)
    if not 0 < len(name) <= LONGEST_NAME or not inputs.is_name(name):
        raise InvalidRequest(Sentence("problem-invalid_request-token-name", most=LONGEST_NAME))
    if not wanted or set(scopes) - set(SCOPES):
        raise InvalidRequest(Sentence("problem-invalid_request-token-scope"))
    if not 1 <= days <= MOST_DAYS:
        raise InvalidRequest(Sentence("problem-invalid_request-days", most=MOST_DAYS))
    text, now = PREFIX + new_secret(), ctx.clock.now()
    row = ApiToken(
        id=secrets.token_hex(8),
        hash=_hash(text),
        owner=owner,
        name=name,
        scopes=" ".join(wanted),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    with ctx.db.write() as session:
        ctx.db.hold(session, owner)
        there = select(func.count()).select_from(ApiToken).where(col(ApiToken.owner) == owner)
        if session.exec(there).one() >= MOST:
            raise TooManyTokens
        view = _view(row, now)
        session.add(row)
        detail = {"token": row.id, "scopes": row.scopes}
        entries.note(ctx, entries.TOKEN_MADE, detail, owner=owner, session=session)
    return view, text


def all_of(ctx: Context, owner: str) -> list[TokenView]:
    """Those of an owner, the newest first."""
    theirs = select(ApiToken).where(ApiToken.owner == owner).order_by(col(ApiToken.created_at).desc(), col(ApiToken.id))
    with ctx.db.read() as session:
        return [_view(row, ctx.clock.now()) for row in session.exec(theirs)]


def revoke(ctx: Context, owner: str, token_id: str) -> None:
    """It is good for nothing from now on. Raises NotFound, also for somebody else's."""
    with ctx.db.write() as session:
        row = session.get(ApiToken, token_id)
        if row is None or row.owner != owner:
            raise NotFound
        session.delete(row)
        entries.note(ctx, entries.TOKEN_REVOKED, {"token": token_id}, owner=owner, session=session)


def find(ctx: Context, text: str) -> Use | None:
    """Whose it is; None for one that nobody made, that was revoked, or that has expired."""
    if not text.startswith(PREFIX) or not is_secret(text.removeprefix(PREFIX)):
        return None
    with ctx.db.read() as session:
        row = session.exec(select(ApiToken).where(ApiToken.hash == _hash(text))).first()
    now = ctx.clock.now()
    if row is None or row.expires_at <= now:
        return None
    if row.used_at is None or now - row.used_at >= _SEEN:
        with ctx.db.write() as session:
            session.exec(update(ApiToken).where(col(ApiToken.id) == row.id).values(used_at=now))
    return Use(row.id, row.owner, frozenset(row.scopes.split()))


def forget_old(ctx: Context) -> None:
    """Of those that were over long ago nothing is kept."""
    with ctx.db.write() as session:
        session.exec(delete(ApiToken).where(col(ApiToken.expires_at) < ctx.clock.now() - KEPT))


def _view(row: ApiToken, now: datetime) -> TokenView:
    scopes = tuple(row.scopes.split())
    return TokenView(row.id, row.name, scopes, row.created_at, row.expires_at, row.used_at, row.expires_at <= now)


def _hash(text: str) -> str:
    return hashlib.sha256(b"smartupload token " + text.encode()).hexdigest()
