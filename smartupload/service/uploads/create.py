"""How an upload begins: checked, opened in the store, written down with its placeholder and share link."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, text

from smartupload.errors import DropClosed, DropStale, IdempotencyKeyReused, Problem, StoreFault, StoreUnavailable
from smartupload.models import CANCELLED, WAS_SENT, Upload
from smartupload.service import batches, inputs
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.drops import links, names, sending
from smartupload.service.drops.sending import Target
from smartupload.service.parts import multipart
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import events, forgetting, rows
from smartupload.service.uploads import plan, quota
from smartupload.service.uploads.plan import NewFile


def create_upload(ctx: Context, owner: str, file: NewFile, idempotency_key: str) -> UploadView:
    """A new upload, or the one this key made before.

    Raises EmptyFile, FileTooLarge, BadName, TypeNotAllowed, TypeMismatch, UploadRefused, HookUnavailable,
    OwnerQuotaExceeded, TooManyOpenUploads, SiteFull, DropClosed, DropFull, DropStale, NotSignedIn, IdempotencyKeyMissing, IdempotencyKeyReused, StoreUnavailable. Whatever it raises, nothing is left in the store or the database.
    """
    (made,) = create_uploads(ctx, owner, [(file, idempotency_key)])
    return batches.wanted(made)


def create_uploads(ctx: Context, owner: str, files: Sequence[tuple[NewFile, str]]) -> list[UploadView | Problem]:
    """The same for several files with a key each, all new rows in one transaction: for each its upload, or why there is none.

    What is not a problem of one file is raised, and leaves nothing of any. A file takes room in the order asked, so the
    first ones that fit are taken. A key that comes again is the upload it made before, also within one call.
    """
    wishes = [_Wish(file, key.strip(), _hash(file)) for file, key in files]
    for to, waiting in _by_target(ctx, owner, wishes):
        while waiting:
            waiting = _round(ctx, to, waiting)
    rows.tell(ctx, [_made(wish) for wish in wishes if wish.is_new])
    return [_answer(ctx, wish, owner) for wish in wishes]


def _by_target(ctx: Context, sender: str, wishes: Sequence[_Wish]) -> list[tuple[Target, list[_Wish]]]:
    """The files that are for the same owner together; one that is for nobody has its problem."""
    found: dict[str, Target | Problem] = {}
    groups: dict[str, list[_Wish]] = {}
    for wish in wishes:
        # What is no name of a drop link is the sender's own, whatever it is called.
        name = wish.file.uploader if wish.file.uploader.startswith("drop-") else ""
        if name not in found:
            found[name] = batches.answer(lambda name=name: sending.target(ctx, sender, name))
        to = found[name]
        if isinstance(to, Problem):
            wish.problem = to
            _give_back(ctx, sender, wish)
            continue
        wish.key = to.key(wish.file.uploader, wish.key)
        groups.setdefault(name, []).append(wish)
    return [(to, group) for name, group in groups.items() if not isinstance(to := found[name], Problem)]


@dataclass(slots=True, eq=False)
class _Wish:
    file: NewFile
    key: str
    request_hash: str
    row: Upload | None = None
    problem: Problem | None = None
    is_new: bool = False


def _answer(ctx: Context, wish: _Wish, whose: str) -> UploadView | Problem:
    return wish.problem or view(ctx, _made(wish), whose)


def _round(ctx: Context, to: Target, waiting: Sequence[_Wish]) -> list[_Wish]:
    """Make what can be made, and find what was made before; those are left whose key stands here for another file, too."""
    new: list[_Wish] = []
    again: list[_Wish] = []
    with ctx.db.read() as session:
        found = _made_before(session, to.owner, {wish.key for wish in waiting})
    keys: set[str] = set()
    for wish in waiting:
        if (before := _of(found, wish)) is not None:
            _replay(wish, before)
        elif wish.key and wish.key in keys:
            again.append(wish)
        else:
            keys.add(wish.key)
            new.append(wish)
    _plan(ctx, to, new)
    with ctx.db.read() as session:
        room = quota.room(ctx, session, to.owner, to.link)
    for wish in new:
        if wish.problem is None:
            with _refused(wish):
                room.take(wish.file.size)
    batches.at_once([wish for wish in new if wish.problem is None], lambda wish: _open(ctx, wish))
    opened = [wish for wish in new if wish.problem is None]
    if opened:
        _write(ctx, to, opened)
    return again


def _plan(ctx: Context, to: Target, new: Sequence[_Wish]) -> None:
    """Make the rows that are to be. Where an app has hooks for that, several are asked at once, and no connection waits for them."""
    places = {id(wish): place for place, wish in enumerate(new)}

    def one(wish: _Wish) -> None:
        with _refused(wish):
            wish.row = plan.row(ctx, to.owner, wish.file, wish.key, wish.request_hash, places[id(wish)])
            if to.link is not None:
                sending.check(ctx, to.link, wish.row.name, wish.file.size, wish.file.type, wish.file.head)
            to.mark(wish.row)

    asks = ctx.hooks is not None and ctx.hooks.is_asked_first
    batches.at_once(new, one, batches.AT_ONCE if asks else 1)


@contextlib.contextmanager
def _refused(wish: _Wish) -> Generator[None]:
    try:
        yield
    except Problem as problem:
        wish.problem = problem


def _open(ctx: Context, wish: _Wish) -> None:
    with _refused(wish):
        row = _made(wish)
        row.multipart_id = multipart.open_in_store(ctx, row.key, row.type, row.part_count)


def _write(ctx: Context, to: Target, opened: Sequence[_Wish]) -> None:
    """Write the rows down, in one transaction. What cannot be is given back to the store."""
    left = [_made(wish) for wish in opened]
    try:
        taken = _insert(ctx, to, opened)
        left = [_made(wish) for wish in opened if wish.problem is not None]
        for wish in taken:
            wish.is_new = True
    except IntegrityError:
        # Another request with the same key was first; which of several keys it was is found out one by one.
        if len(opened) == 1 and not _replay_of_others(ctx, to.owner, opened[0]):
            raise
        for wish in opened if len(opened) > 1 else ():
            left.pop(0)
            wish.problem = None
            _write(ctx, to, [wish])
    finally:
        for row in left:
            with contextlib.suppress(StoreFault, StoreUnavailable):
                ctx.store.abort_multipart(row.key, row.multipart_id)


def _insert(ctx: Context, to: Target, opened: Sequence[_Wish]) -> list[_Wish]:
    taken: list[_Wish] = []
    with ctx.db.write() as session:
        quota.hold(ctx, session, to.owner)
        room = quota.room(ctx, session, to.owner, to.link)
        for wish in opened:
            with _refused(wish):
                if to.link is not None:
                    links.check_still(ctx, session, to.link)
                room.take(wish.file.size)
                taken.append(wish)
        if taken:
            made = [_made(wish) for wish in taken]
            rows.add_all(session, made)
            events.record_all(ctx, session, made, events.CREATED)
            entries.write(ctx, session, made, entries.CREATED, {"drop": to.link.id} if to.link is not None else {})
    return taken


def _give_back(ctx: Context, sender: str, wish: _Wish) -> None:
    """Of a call whose answer was lost: what it has begun is theirs, though the link is no more, or they have signed in since."""
    if not isinstance(wish.problem, DropClosed | DropStale) or not wish.key:
        return
    keys = [names.key_of(wish.file.uploader, wish.key)]
    if isinstance(wish.problem, DropClosed) and inputs.is_name(wish.key):
        keys.append(wish.key)  # as it stands where somebody sends by a link of their own
    known = [one for key in keys for one in (key, forgetting.hidden_key(key))]
    kept = select(Upload).where(col(Upload.idempotency_key).in_(known))
    with ctx.db.read() as session:
        for whose in ((col(Upload.sender) == sender, text(WAS_SENT)), (col(Upload.owner) == sender,)):
            if (row := session.exec(kept.where(*whose)).first()) is not None:
                wish.problem = None
                _replay(wish, row)
                return


def _made(wish: _Wish) -> Upload:
    assert wish.row is not None
    return wish.row


def _replay_of_others(ctx: Context, owner: str, wish: _Wish) -> bool:
    with ctx.db.read() as session:
        found = _made_before(session, owner, {wish.key})
    before = _of(found, wish)
    if before is not None:
        _replay(wish, before)
    return before is not None


def _replay(wish: _Wish, row: Upload) -> None:
    with _refused(wish):
        # Of a deleted one nobody knows any more which file it was; the key was for that one.
        if row.state != CANCELLED and row.request_hash != wish.request_hash:
            raise IdempotencyKeyReused
        wish.row = row


def _hash(file: NewFile) -> str:
    modified = file.last_modified.astimezone(UTC).isoformat() if file.last_modified else None
    return hashlib.sha256(json.dumps([file.name, file.size, file.type, modified]).encode()).hexdigest()


def _of(found: Mapping[str, Upload], wish: _Wish) -> Upload | None:
    return found.get(wish.key) or found.get(forgetting.hidden_key(wish.key))


def _made_before(session: Session, owner: str, keys: Collection[str]) -> dict[str, Upload]:
    """What these keys have made, by key, or by what stands in its place once that is deleted."""
    usable = [name for key in keys if inputs.is_name(key) for name in (key, forgetting.hidden_key(key))]
    statement = select(Upload).where(Upload.owner == owner, col(Upload.idempotency_key).in_(usable))
    return {row.idempotency_key: row for row in session.exec(statement)}
