"""How a row is found and changed: only its owner's, and only from the state it was seen in (compare-and-set)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, bindparam, delete, insert, update
from sqlmodel import Session, col, select

from smartupload.errors import Problem, UploadNotFound, UploadNotOpen
from smartupload.models import OPEN, READY, Part, Upload
from smartupload.service import inputs
from smartupload.service.audit import entries
from smartupload.service.audit.entries import Action
from smartupload.service.context import Context
from smartupload.service.presentation import views
from smartupload.service.records import events, forgetting, lease, moving, states
from smartupload.service.records.moving import NOTHING_ELSE, Only, Wish
from smartupload.service.records.states import Transition
from smartupload.service.records.unindexed import is_of
from smartupload.words import Sentence

Audited = tuple[Action, Mapping[str, Any]]
"""An action of the audit log, and what else is said of it."""

_UPLOADS = Upload.metadata.tables["upload"]
_INSERT = insert(_UPLOADS)
_OWN = select(Upload).where(col(Upload.id).in_(bindparam("ids", expanding=True)), is_of(bindparam("owner")))
"""Put together once: that takes several times as long as to ask."""


def find(ctx: Context, upload_id: str) -> Upload | None:
    """The upload, whoever's it is."""
    if not inputs.is_name(upload_id):
        return None
    with ctx.db.read() as session:
        return session.get(Upload, upload_id)


def load(ctx: Context, owner: str, upload_id: str) -> Upload:
    """The upload of its owner, or of who sends it by a drop link; raises UploadNotFound for anybody else's, too."""
    row = find(ctx, upload_id)
    if row is None or not owner or owner not in (row.owner, row.sender):
        raise UploadNotFound
    return row


def load_own(ctx: Context, owner: str, upload_id: str) -> Upload:
    """The same for what its owner alone may do: also who has sent it raises UploadNotFound."""
    row = load(ctx, owner, upload_id)
    if row.owner != owner:
        raise UploadNotFound
    return row


def load_all(ctx: Context, owner: str, ids: Iterable[str]) -> dict[str, Upload]:
    """Those of these uploads that are the owner's, by id."""
    names = [upload_id for upload_id in ids if inputs.is_name(upload_id)]
    if not owner or not names:
        return {}
    with ctx.db.read() as session:
        return {row.id: row for row in session.exec(_OWN, params={"ids": names, "owner": owner})}


def reload(ctx: Context, row: Upload) -> Upload:
    """The row as it is now."""
    return load(ctx, row.owner, row.id)


def is_over(ctx: Context, row: Upload) -> bool:
    """Whether the epoch that was seen takes no more parts: the upload has ended since, or was opened anew.

    Whoever does that drops what was signed. So what is found of it after the row was read may be nothing only for that.
    """
    now = find(ctx, row.id)
    return now is None or now.state not in OPEN or now.epoch != row.epoch


def add_all(session: Session, rows: Sequence[Upload]) -> None:
    """New rows, in a transaction of the caller, by one statement. Raises IntegrityError when there is one with a key, id or token of theirs."""
    # In one order whoever adds them, so that two who have keys in common wait for each other and never both.
    values = [row.model_dump() for row in sorted(rows, key=lambda row: row.idempotency_key)]
    session.connection().execute(_INSERT, values)


def change(
    ctx: Context,
    row: Upload,
    allowed: Collection[str],
    /,
    *,
    held: bool = False,
    deleting: Sequence[Delete] = (),
    audit: Audited | None = None,
    **values: Any,
) -> Upload | None:
    """Set values if the upload is still in one of these states and in the epoch it was seen in; the new row, or None.

    Tells Live. `held`: only if nobody else has begun to finish it. `deleting`: what goes in the same transaction, if it
    is set; `audit`: what is written into the audit log with it. What changes the state is `move`.
    """
    assert "state" not in values
    with ctx.db.write() as session:
        values = {"updated_at": ctx.clock.now()} | values
        statement = _update(row, allowed, values)
        if held:
            statement = statement.where(lease.held([row]))
        changed = session.exec(statement.returning(Upload)).scalar_one_or_none()
        for statement in deleting if changed is not None else ():
            session.exec(statement)
        if changed is not None and audit is not None:
            entries.write(ctx, session, [changed], *audit)
    if changed is not None:
        tell(ctx, [row, changed])
    return changed


def move(
    ctx: Context,
    row: Upload,
    transition: Transition,
    /,
    *,
    as_seen: bool = False,
    untouched: bool = False,
    as_claimed: bool = False,
    as_signed: Mapping[int, Part] | None = None,
    forgotten: Collection[int] = (),
    held: bool = False,
    drop_parts: bool = False,
    **values: Any,
) -> Upload | None:
    """Let this happen, if it can in the state that the upload is in now, and it is in the epoch it was seen in; the new row, or None.

    Tells Live, and writes the event that it is. Only if, besides, what moving.Only says; `as_signed`: this is what is
    signed. In the same transaction the parts `forgotten` are forgotten, or with `drop_parts` all of them and their digests.
    """
    if not states.is_legal(row, transition):
        return None
    only = Only(as_seen=as_seen, untouched=untouched, as_claimed=as_claimed, held=held)
    with ctx.db.write() as session:
        (changed,) = moved(ctx, session, transition, [Wish(row, values, as_signed)], only, drop_parts=drop_parts)
        if changed is not None and forgotten:
            session.exec(_forget(row, forgotten))
    if changed is not None:
        tell(ctx, [row, changed])
    return changed


def move_all(
    ctx: Context,
    transition: Transition,
    wishes: Sequence[Wish],
    /,
    only: Only = NOTHING_ELSE,
    *,
    drop_parts: bool = False,
) -> list[Upload | None]:
    """The same for many, all in one transaction: the new row of each that moved, None of each other. Each owner is told once."""
    if not wishes:
        return []
    with ctx.db.write() as session:
        changed = moved(ctx, session, transition, wishes, only, drop_parts=drop_parts)
    tell(
        ctx,
        [row for wish, after in zip(wishes, changed, strict=True) if after is not None for row in (wish.row, after)],
    )
    return changed


def moved(
    ctx: Context,
    session: Session,
    transition: Transition,
    wishes: Sequence[Wish],
    only: Only = NOTHING_ELSE,
    *,
    drop_parts: bool = False,
    found: Mapping[str, Upload] | None = None,
) -> list[Upload | None]:
    """The same inside a transaction of the caller, with the events, and told to nobody. `found`: the rows, if they are locked already."""
    if found is None:
        found = moving.locked(session, [wish.row.id for wish in wishes])
    before = {upload_id: row.state for upload_id, row in found.items()}
    changed = moving.moved(ctx, session, transition, wishes, found, only)
    rows = [row for row in changed if row is not None]
    if rows:
        _write_down(ctx, session, transition, rows, before)
    if rows and transition is states.CANCEL:
        forgetting.forget(ctx, session, rows)
    if drop_parts and rows:
        session.exec(delete(Part).where(col(Part.upload_id).in_([row.id for row in rows])))
    happened: dict[str, list[Upload]] = {}
    for row in rows:
        kind = events.became(before[row.id], row.state)
        if kind is not None:
            happened.setdefault(kind, []).append(row)
    for kind, those in happened.items():
        events.record_all(ctx, session, those, kind)
    return changed


_DONE: Mapping[str, Action] = {
    states.PAUSE.name: entries.PAUSED,
    states.RESUME.name: entries.RESUMED,
    states.MAKE.name: entries.COMPLETED,
    states.PUBLISH.name: entries.READY,
    states.BLOCK.name: entries.BLOCKED,
    states.GIVE_UP.name: entries.FAILED,
    states.LOSE.name: entries.FAILED,
    states.EXPIRE.name: entries.EXPIRED,
    states.CANCEL.name: entries.CANCELLED,
}
"""What of it stands in the audit log; the rest is a step on the way."""


def _write_down(
    ctx: Context, session: Session, transition: Transition, rows: Sequence[Upload], before: Mapping[str, str]
) -> None:
    action = _DONE.get(transition.name)
    if action == entries.CANCELLED:
        # Whoever had a whole file deletes it; what never was one is only given up.
        deleted = [row for row in rows if before[row.id] == READY]
        entries.write(ctx, session, deleted, entries.DELETED)
        rows = [row for row in rows if before[row.id] != READY]
    if action is not None:
        entries.write(ctx, session, rows, action)


def tell(ctx: Context, changed: Iterable[Upload]) -> None:
    """Whoever shows these files hears of it, each once."""
    # Somebody may have adopted one since it was read; who sends by a drop link shows it, too.
    for owner in {one for row in changed for one in (row.owner, row.sender) if one}:
        ctx.live.changed(owner)


def forget(ctx: Context, row: Upload, numbers: Collection[int]) -> None:
    """From now on these parts count as not there, whatever lies there, until the same bytes are signed again.

    They keep their digests: what was signed for them may still arrive, and is then nothing else.
    """
    with ctx.db.write() as session:
        session.exec(_forget(row, numbers))


def _forget(row: Upload, numbers: Collection[int]) -> Update:
    parts = (col(Part.upload_id) == row.id, col(Part.epoch) == row.epoch, col(Part.number).in_(numbers))
    return update(Part).where(*parts).values(versions=None).execution_options(synchronize_session=False)


def set_if(session: Session, row: Upload, allowed: Collection[str], /, **values: Any) -> bool:
    """What `change` does, inside a transaction of the caller, and told to nobody."""
    assert "state" not in values
    return _happened(session, _update(row, allowed, values))


def _happened(session: Session, statement: Update) -> bool:
    return cast("CursorResult[Any]", session.exec(statement)).rowcount == 1


def _update(row: Upload, allowed: Collection[str], values: dict[str, Any]) -> Update:
    return (
        update(Upload)
        .where(col(Upload.id) == row.id, col(Upload.state).in_(allowed), col(Upload.epoch) == row.epoch)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def digests(ctx: Context, row: Upload, numbers: Collection[int] | None = None) -> dict[int, Part]:
    """What was signed in the row's epoch, by part number."""
    return digests_of_all(ctx, [row], numbers)[row.id]


def digests_of_all(
    ctx: Context, uploads: Sequence[Upload], numbers: Collection[int] | None = None
) -> dict[str, dict[int, Part]]:
    """The same for several uploads, by upload."""
    with ctx.db.read() as session:
        return moving.signed_of(session, uploads, numbers)


def not_open(row: Upload) -> Problem:
    """The error for a row that takes no more parts, saying why."""
    reasons = {
        "cancelled": Sentence("problem-upload_not_open-cancelled"),
        "expired": Sentence("problem-upload_not_open-expired"),
        "ready": Sentence("problem-upload_not_open-ready"),
    }
    return UploadNotOpen(views.reason_of(row) or reasons.get(row.state), state=row.state)
