"""How uploads move by the table of states, any number in one transaction: locked, held against what was seen of them, written."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import instance_dict
from sqlmodel import Session, col, select

from smartupload.models import Part, Upload
from smartupload.service.context import Context
from smartupload.service.records import states
from smartupload.service.records.states import Transition
from smartupload.service.records.unindexed import is_of

_UPLOADS = Upload.metadata.tables["upload"]

# Put together once: that takes several times as long as to ask.
_BY_ID = (
    select(Upload)
    .where(col(Upload.id).in_(sa.bindparam("ids", expanding=True)))
    .order_by(col(Upload.id))
    .with_for_update()
)
_OWN = _BY_ID.where(is_of(sa.bindparam("owner")))
_SIGNED = select(Part).where(
    col(Part.upload_id).in_(sa.bindparam("ids", expanding=True)),
    col(Part.epoch).in_(sa.bindparam("epochs", expanding=True)),
)
_SIGNED_NUMBERS = _SIGNED.where(col(Part.number).in_(sa.bindparam("numbers", expanding=True)))


@dataclass(frozen=True, slots=True)
class Wish:
    """An upload as it was seen, the values that it is to have afterwards, and what was signed when that was decided, if it matters."""

    row: Upload
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    as_signed: Mapping[int, Part] | None = None


@dataclass(frozen=True, slots=True)
class Only:
    """What else must hold: `as_seen`, the state is the one that was seen; `untouched`, nothing has happened since; `as_claimed`, it
    still is to become the object of the same checksum; `held`, nobody else has begun to finish it.
    """

    as_seen: bool = False
    untouched: bool = False
    as_claimed: bool = False
    held: bool = False

    def holds(self, seen: Upload, now: Upload) -> bool:
        """Whether it does."""
        return (
            (not self.as_seen or now.state == seen.state)
            and (not self.untouched or (now.updated_at, now.moved_at) == (seen.updated_at, seen.moved_at))
            and (not self.as_claimed or now.checksum == seen.checksum)
            and (not self.held or now.attempts == seen.attempts)
        )


NOTHING_ELSE = Only()


def locked(session: Session, ids: Iterable[str], owner: str | None = None) -> dict[str, Upload]:
    """These uploads as they are now, by id, with an `owner` theirs alone; until the caller's transaction ends nobody else changes them.

    Always in one order, so that two batches with the same uploads wait for each other and never both.
    """
    given: dict[str, Any] = {"ids": sorted(set(ids))}
    if owner is None:
        found = {row.id: row for row in session.exec(_BY_ID, params=given)}
    else:
        found = {row.id: row for row in session.exec(_OWN, params=given | {"owner": owner})}
    # They are written by statements of their own, many rows in one; nothing of them is the session's to write.
    session.expunge_all()
    return found


def moved(
    ctx: Context,
    session: Session,
    transition: Transition,
    wishes: Sequence[Wish],
    found: Mapping[str, Upload],
    only: Only = NOTHING_ELSE,
) -> list[Upload | None]:
    """Let this happen to each, if it can in the state that the upload is in now and it is in the epoch it was seen in.

    `found` are the locked rows; those that moved are as they are now. None for each that did not. Whose state changes
    tells nobody here: rows.move_all does.
    """
    now = ctx.clock.now()
    as_signed = [wish.row for wish in wishes if wish.as_signed is not None and wish.row.id in found]
    signed = signed_of(session, as_signed) if as_signed else {}
    result: list[Upload | None] = []
    changes: list[tuple[Upload, Mapping[str, Any]]] = []
    for wish in wishes:
        row = found.get(wish.row.id)
        if row is None or not _can(wish, row, transition, only, signed):
            result.append(None)
            continue
        after = transition.moves[row.state]
        moments = {"updated_at": now} | ({"moved_at": now} if after != row.state or "epoch" in wish.values else {})
        changes.append((row, {"state": after, **moments, **wish.values}))
        result.append(row)
    write(session, changes)
    return result


def _can(wish: Wish, row: Upload, transition: Transition, only: Only, signed: Mapping[str, Mapping[int, Part]]) -> bool:
    return (
        states.is_legal(wish.row, transition)
        and row.state in transition.moves
        and row.epoch == wish.row.epoch
        and only.holds(wish.row, row)
        and (wish.as_signed is None or agree(signed.get(row.id, {}), wish.as_signed))
    )


def write(session: Session, changes: Iterable[tuple[Upload, Mapping[str, Any]]]) -> None:
    """Set values of locked rows, in the database and in the rows given."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row, values in changes:
        instance_dict(row).update(values)  # no session has the rows that are locked, so nobody has to be told
        alike[tuple(sorted(values))].append({"its_id": row.id} | {f"its_{name}": values[name] for name in values})
    for names, many in alike.items():
        session.connection().execute(_update(names), many)


@functools.cache
def _update(names: tuple[str, ...]) -> sa.Update:
    """Of these columns, of one row by its id."""
    values: dict[str, Any] = {name: sa.bindparam(f"its_{name}") for name in names}
    return sa.update(_UPLOADS).where(_UPLOADS.c.id == sa.bindparam("its_id")).values(values)


def signed_of(
    session: Session, uploads: Sequence[Upload], numbers: Collection[int] | None = None
) -> dict[str, dict[int, Part]]:
    """What was signed in the epoch of each, by upload and part number; only of these numbers, if they are given."""
    epochs = {row.id: row.epoch for row in uploads}
    given: dict[str, Any] = {"ids": list(epochs), "epochs": list(set(epochs.values()))}
    if numbers is not None:
        given["numbers"] = list(numbers)
    found: dict[str, dict[int, Part]] = {upload_id: {} for upload_id in epochs}
    for part in session.exec(_SIGNED if numbers is None else _SIGNED_NUMBERS, params=given):
        if part.epoch == epochs[part.upload_id]:
            found[part.upload_id][part.number] = part
    return found


def agree(one: Mapping[int, Part], other: Mapping[int, Part]) -> bool:
    """Whether the same digests are signed for the same parts in both, and the same ones are forgotten."""
    first, second = ({n: (part.sha256, part.versions is None) for n, part in parts.items()} for parts in (one, other))
    return first == second
