"""What an owner's stream says: which uploads changed since a moment, none left out, each change once while it lasts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from sqlmodel import col, select, text

from smartupload.errors import InvalidRequest
from smartupload.models import UPLOADING, WAS_SENT, Upload
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.parts import confirm
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records.unindexed import is_of, unindexed
from smartupload.words import Sentence

OVERLAP = timedelta(seconds=5)
"""A change is dated before it is written, by the clock of the process that makes it: one that is seen late may be so much older."""
FIRST = timedelta(seconds=60)
"""A stream that begins without a moment begins so far back: its consumer has just read the list."""
PAGE = 500
_FIRST_EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""No change was made before; what is reckoned back from a moment stays within the calendar."""
_VERSION = ("updated_at", "state", "confirmed_bytes", "epoch", "scan", "name")

# Put together once, since all of it is asked several times a second: that takes several times as long as to ask.
_UPLOADS = Upload.metadata.tables["upload"]
_KEYS = (
    sa.select(col(Upload.id), *(getattr(Upload, name) for name in _VERSION))
    .where(col(Upload.updated_at) >= sa.bindparam("floor"))
    .order_by(col(Upload.updated_at), col(Upload.id))
    .limit(PAGE)
)
_OWN_KEYS = _KEYS.where(col(Upload.owner) == sa.bindparam("owner"))
_SENT_KEYS = _KEYS.where(col(Upload.sender) == sa.bindparam("owner"), text(WAS_SENT))
_ROWS = select(Upload).where(col(Upload.id).in_(sa.bindparam("ids", expanding=True)))
_OWN_ROWS = _ROWS.where(is_of(sa.bindparam("owner")))


class ChangeFeed:
    """One stream's place in what happens to an owner's uploads; used by one thread at a time."""

    def __init__(self, ctx: Context, owner: str, after: str = "") -> None:
        """`after` is a moment that `cursor` gave. Raises InvalidRequest."""
        now = ctx.clock.now()
        self._ctx = ctx
        self._owner = owner
        # A moment from a clock that was ahead must not make the stream wait for it.
        self._newest = min(read_cursor(after), now) if after else now
        self._floor = self._newest - (OVERLAP if after else FIRST)
        self._sent: dict[str, tuple[Any, ...]] = {}

    @property
    def cursor(self) -> str:
        """Go on from here later. Some changes are said again then, so whoever reads must not mind."""
        return self._newest.astimezone(UTC).isoformat().replace("+00:00", "Z")

    def read(self) -> tuple[list[UploadView], bool]:
        """What has changed, oldest first, as it is now, and whether there is more of it."""
        lately = {"owner": self._owner, "floor": self._floor}
        with self._ctx.db.read() as session:
            changed = list(session.connection().execute(_OWN_KEYS, lately))
            if self._ctx.drop_key:
                sent = session.connection().execute(_SENT_KEYS, lately)
                changed = sorted([*changed, *sent], key=lambda row: (row[1], row[0]))[:PAGE]
            found = {row[0]: tuple(row[1:]) for row in changed}
            fresh = [upload_id for upload_id, version in found.items() if self._sent.get(upload_id) != version]
            rows: dict[str, Upload] = {}
            for at in range(0, len(fresh), 100):
                some = {"ids": fresh[at : at + 100], "owner": self._owner}
                rows |= {row.id: row for row in session.exec(_OWN_ROWS, params=some)}
        self._sent |= found
        full = len(found) == PAGE
        if found:
            self._newest = max(self._newest, next(reversed(found.values()))[0])
        self._floor = self._newest if full else self._newest - OVERLAP
        if not full:
            self._sent = {key: version for key, version in self._sent.items() if version[0] >= self._floor}
        return [view(self._ctx, rows[key], self._owner) for key in fresh if key in rows], full


def read_cursor(after: str) -> datetime:
    """The moment that a cursor is. Raises InvalidRequest."""
    try:
        moment = inputs.instant(after)
        if moment < _FIRST_EVER:
            raise ValueError(after)
        return moment
    except ValueError as error:
        raise InvalidRequest(Sentence("problem-invalid_request-stream")) from error


class ChangeHub(Protocol):
    """What of adapters.live.LiveHub the poller needs."""

    def changed(self, owner: str) -> None:
        """See ports.Live."""
        ...

    def subscribers(self) -> Mapping[str, int]:
        """How many are subscribed to each owner; without one an owner is not in it."""
        ...

    def visited(self) -> Collection[str]:
        """Whose files somebody with a link is looking at."""
        ...


class ChangePoller:
    """Sees what other processes have changed, for the owners to whom somebody is subscribed or whose files somebody looks at here; asks nothing without one."""

    def __init__(self, ctx: Context, hub: ChangeHub) -> None:
        self._ctx = ctx
        self._hub = hub
        self._floor = ctx.clock.now() - OVERLAP
        self._seen: dict[str, tuple[datetime, int]] = {}

    def poll(self) -> None:
        """Twice a second. Blocks on the database, and on the store for owners that somebody else looks at."""
        next_floor = self._ctx.clock.now() - OVERLAP
        subscribers, visited = self._hub.subscribers(), self._hub.visited()
        seen: dict[str, tuple[datetime, int]] = {}
        owners = list({*subscribers, *visited})
        recount(
            self._ctx, owners, {*visited, *(owner for owner, subscriptions in subscribers.items() if subscriptions > 1)}
        )
        for at in range(0, len(owners), _OWNERS):
            some = {"owners": owners[at : at + _OWNERS], "floor": self._floor}
            seen |= {owner: (newest, count) for owner, newest, count in self._ctx.db.ask(_LATELY, some)}
            if self._ctx.drop_key:
                for sender, newest, count in self._ctx.db.ask(_SENT_LATELY, some):
                    before = seen.get(sender, (newest, 0))
                    seen[sender] = (max(before[0], newest), before[1] + count)
        for owner, (newest, count) in seen.items():
            before = self._seen.get(owner)
            # More of them with no newer one: written later than it is dated.
            if before is None or newest > before[0] or count > before[1]:
                self._hub.changed(owner)
        self._seen, self._floor = seen, next_floor


def _newest(of: sa.Column[str]) -> sa.Select[str, datetime, int]:
    """Of each of these people the last change since a moment, and how many there were."""
    newest = sa.select(of, sa.func.max(_UPLOADS.c.updated_at), sa.func.count())
    among = of.in_(sa.bindparam("owners", expanding=True))
    return newest.where(among, _UPLOADS.c.updated_at >= sa.bindparam("floor")).group_by(of)


_LATELY, _SENT_LATELY = _newest(_UPLOADS.c.owner), _newest(_UPLOADS.c.sender).where(text(WAS_SENT))
_OWNERS = 500
_COUNTED = 50
_COUNTING = timedelta(seconds=0.3)
"""After so long a poll counts no more: whoever waits for other changes must not wait for a slow store."""
_PARTS_A_SECOND = 5000
"""An upload is counted at every poll, a large one more seldom: so many of its parts are listed in a second at most."""
_SIGNED_LATELY = timedelta(minutes=15)
_MOVING = sa.select(_UPLOADS.c.id, _UPLOADS.c.counted_at).where(
    unindexed(_UPLOADS.c.state) == UPLOADING,
    _UPLOADS.c.signed_at > sa.bindparam("signed"),
    # Whatever signs sets this as well, and there is an index for it: nobody goes through all that an owner has.
    _UPLOADS.c.updated_at > sa.bindparam("updated"),
    _UPLOADS.c.confirmed_bytes < _UPLOADS.c.size,
)
_ALONE = _UPLOADS.c.handed_over_at.is_not(None)
_OWN_MOVING = _MOVING.where(
    _UPLOADS.c.owner.in_(sa.bindparam("owners", expanding=True)),
    _UPLOADS.c.owner.in_(sa.bindparam("seen", expanding=True)) | _ALONE,
)
_SENT_MOVING = _MOVING.where(_UPLOADS.c.sender.in_(sa.bindparam("owners", expanding=True)), text(WAS_SENT), _ALONE)


def recount(ctx: Context, owners: Sequence[str], observed: Collection[str]) -> None:
    """Count what has arrived of uploads on their way, the longest not counted first: signing alone tells only now and then.

    Of `observed` owners everything, since somebody else looks on than who sends; of the others what the browser sends alone.
    """
    began = ctx.clock.now()
    moving: list[tuple[datetime, str]] = []
    for at in range(0, len(owners), _OWNERS):
        some = owners[at : at + _OWNERS]
        lately: dict[str, Any] = {"owners": some, "signed": began - _SIGNED_LATELY}
        lately |= {"updated": began - _SIGNED_LATELY - OVERLAP}
        seen = {"seen": [owner for owner in some if owner in observed]}
        found = ctx.db.ask(_OWN_MOVING, lately | seen)
        if ctx.drop_key:
            found += ctx.db.ask(_SENT_MOVING, lately)
        moving += [(max(counted_at, ctx.counts.last(upload_id)), upload_id) for upload_id, counted_at in found]
    if not moving:
        return
    chosen = [upload_id for _, upload_id in sorted(moving)[:_COUNTED]]
    with ctx.db.read() as session:
        rows = {row.id: row for row in session.exec(_ROWS, params={"ids": chosen})}
    for row in (rows[upload_id] for upload_id in chosen if upload_id in rows):
        if ctx.clock.now() - began > _COUNTING:
            return
        confirm.refresh(ctx, row, row.part_count / _PARTS_A_SECOND)
