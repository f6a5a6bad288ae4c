"""Making holds, and settling what a request is told: the decision and what it changes are one transaction, whichever processes the lanes ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select, update

from smartupload.errors import UploadNotFound
from smartupload.models import Hold, Upload
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.holds.decisions import Asked, Told, told

Name = tuple[str, str]
"""Owner and registration."""

_NAMES = 200
_IDS = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """Holds, and the states of their uploads that are still there, as they stood at one moment."""

    holds: Mapping[Name, Hold]
    states: Mapping[str, str]

    def told(self, asked: Asked, now: datetime) -> Told:
        """What this request would be told, were it settled."""
        return told(self.holds.get((asked.owner, asked.registration)), self.states, asked, now)


def hold(ctx: Context, owner: str, registration: str, uploads: Sequence[str], stream: str) -> bool:
    """Hold the registration back for as long as this stream lives; False when it was let go before. Raises UploadNotFound."""
    now = ctx.clock.now()
    ids = list(dict.fromkeys(uploads))
    if not owner or not all(inputs.is_name(one) for one in ids):
        raise UploadNotFound
    with ctx.db.write() as session:
        ctx.db.hold(session, f"hold {owner} {registration}")
        if len(_states(session, ids, owner)) < len(ids):
            raise UploadNotFound
        row = _locked(session, owner, registration)
        if row is None:
            row = Hold(registration=registration, owner=owner, uploads=ids, stream=stream, made_at=now, seen_at=now)
            if _was_anothers(session, row):
                row.let_go_at = now
        if row.let_go_at is None:
            row.uploads, row.stream, row.seen_at, row.gone_at = ids, stream, now, None
        session.add(row)
        return row.let_go_at is None


def settle(ctx: Context, asked: Asked, arrives: bool = False) -> Told:
    """What this request is told, and from now on true. `arrives`: it asks for the first time."""
    with ctx.db.write() as session:
        row = _locked(session, asked.owner, asked.registration)
        if row is None:
            return Told.GO
        now = ctx.clock.now()
        level, past = f"level_{asked.lane}", f"past_{asked.lane}"
        if arrives:
            setattr(row, level, max(getattr(row, level), asked.level))
            if asked.level > 0:
                row.let_go_at = row.let_go_at or now  # whatever let it pass
        answer = told(row, _states(session, row.uploads), asked, now)
        if answer is Told.GO:
            setattr(row, past, max(getattr(row, past), asked.level))
            row.let_go_at = row.let_go_at or now
        elif answer is Told.END:
            row.ended_at = row.ended_at or now
        session.add(row)
        return answer


def leave(ctx: Context, asked: Asked) -> None:
    """The client has gone without having been told anything: its lane waits no more."""
    level, past = getattr(Hold, f"level_{asked.lane}"), getattr(Hold, f"past_{asked.lane}")
    gone = update(Hold).where(col(Hold.registration) == asked.registration, col(Hold.owner) == asked.owner)
    with ctx.db.write() as session:
        session.exec(gone.where(level == asked.level).values({level: past}))


def uploads(ctx: Context, asked: Asked) -> list[str]:
    """Of the registration, by id; those that are sent last come first."""
    with ctx.db.read() as session:
        row = session.get(Hold, (asked.registration, asked.owner))
        return list(reversed(row.uploads)) if row else []


def look(ctx: Context, names: Collection[Name]) -> Seen:
    """The holds of these names."""
    found: dict[Name, Hold] = {}
    with ctx.db.read() as session:
        for some in pieces(names, _NAMES):
            named = sa.tuple_(col(Hold.registration), col(Hold.owner)).in_([(name, owner) for owner, name in some])
            found |= {(row.owner, row.registration): row for row in session.exec(select(Hold).where(named))}
        states = _states(session, {one for row in found.values() for one in row.uploads})
    return Seen(found, states)


def pieces(of: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """Lists of so many at most."""
    rest = iter(of)
    while piece := list(islice(rest, size)):
        yield piece


def _locked(session: Session, owner: str, registration: str) -> Hold | None:
    named = select(Hold).where(Hold.registration == registration, Hold.owner == owner)
    return session.exec(named.with_for_update()).first()


def _states(session: Session, ids: Collection[str], owner: str | None = None) -> Mapping[str, str]:
    """By id, of those that are there, and this owner's, or sent by them, where one is given."""
    states: dict[str, str] = {}
    for some in pieces(ids, _IDS):
        rows = session.exec(
            select(Upload.id, Upload.state, Upload.owner, Upload.sender).where(col(Upload.id).in_(some))
        )
        states |= {one: state for one, state, *whose in rows if owner is None or owner in whose}
    return states


def _was_anothers(session: Session, row: Hold) -> bool:
    """Whether these uploads were taken along from another owner, as whom the browser was held: what it has asked since was let go."""
    same = select(Hold).where(Hold.registration == row.registration, Hold.owner != row.owner)
    return any(set(other.uploads) & set(row.uploads) for other in session.exec(same))
