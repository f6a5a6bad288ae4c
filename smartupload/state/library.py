"""Which files a tab shows: one page of the owner's library, read again whenever it changes.

`LibraryState` says only *that* something changed; `FilesState` holds what the tab shows.
"""

import asyncio
import contextlib
import dataclasses
import logging
from collections.abc import AsyncGenerator

import reflex as rx

from smartupload import logs
from smartupload.errors import Problem
from smartupload.service.files.sizes import size_text
from smartupload.service.links import share
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import cancel, library
from smartupload.words import say

from .bound import Bound, Changes, asking_store, binding, bound, in_thread, owner_of, shows
from .bounds import ID, SEARCH, bounds
from .tabs import Tab
from .words import kind_text, sent_text, state_text

_log = logging.getLogger(__name__)

PAGE = 50
#: A search reads so many files at most, newest first.
SEARCH_DEPTH = 2000
#: Changes within this time (seconds) make one push: a thousand small files finish within seconds.
GATHER = 0.25


@dataclasses.dataclass
class FileRow:
    """One line of the library, ready to show. `share_url` is empty while the link leads nobody to it."""

    id: str
    name: str
    kind: str
    size: str
    date: str
    state: str
    state_text: str
    tone: str
    percent: int
    error: str
    share_path: str
    share_url: str
    download_url: str
    #: who sent it by which drop link, as they call themselves; a sentence, empty for what its owner sent
    sent_by: str


def _row(upload: UploadView) -> FileRow:
    text, tone = state_text(upload.state, upload.percent)
    ready = upload.state == "ready"
    return FileRow(
        id=upload.id,
        name=upload.name,
        kind=kind_text(upload.name),
        size=size_text(upload.size),
        date=(upload.completed_at or upload.created_at).isoformat(),
        state=upload.state,
        state_text=text,
        tone=tone,
        percent=upload.percent,
        error=upload.error["detail"] if upload.error else "",
        share_path=f"/f/{upload.share_token}",
        share_url=upload.share_url if upload.link_open else "",
        download_url=f"/api/uploads/{upload.id}/download" if ready else "",
        sent_by=_sent_by(upload),
    )


def _sent_by(upload: UploadView) -> str:
    if not upload.by_link:
        return ""
    if not upload.share_token:
        return say("state-sent-by-you")
    return sent_text(upload.metadata.get("from", ""), upload.drop_title)


def _read(owner: str, pages: int, query: str) -> tuple[list[FileRow], bool]:
    """The rows of the first pages, and whether there are more. A search walks deeper."""
    rows: list[FileRow] = []
    wanted, cursor, seen = query.casefold(), None, 0
    while True:
        page = library.list_uploads(bound().context, owner, cursor, PAGE)
        seen += len(page.uploads)
        rows += [_row(upload) for upload in page.uploads if wanted in upload.name.casefold()]
        cursor = page.next_cursor
        enough = len(rows) >= pages * PAGE or seen >= SEARCH_DEPTH if wanted else seen >= pages * PAGE
        if not cursor or enough:
            return rows, bool(cursor)


class FilesState(rx.State):
    """The library as one tab shows it."""

    rows: list[FileRow] = []
    more: bool = False
    query: str = ""
    error: str = ""
    #: the file whose deletion waits for a second click
    asked: str = ""
    loaded: bool = False
    _pages: int = 1

    @rx.event
    @bounds()
    async def load(self) -> None:
        """Read what this tab shows, again."""
        try:
            owner = await owner_of(self)
            rows, more = await asking_store(_read, owner, self._pages, self.query) if owner else ([], False)
        except Problem as error:
            self.error = error.read()
        else:
            self.rows, self.more, self.error = rows, more, ""
        self.loaded = True

    @rx.event
    @bounds()
    async def show_more(self) -> None:
        """One page more."""
        self._pages += 1
        await self.load()

    @rx.event
    @bounds(query=SEARCH)
    async def search(self, query: str) -> None:
        """Show the files with these letters in their name."""
        self.query, self._pages = query.strip(), 1
        await self.load()

    @rx.event
    @bounds(upload_id=ID)
    def ask(self, upload_id: str) -> None:
        """Ask before deleting."""
        self.asked = upload_id

    @rx.event
    @bounds()
    def keep(self) -> None:
        """The answer was no."""
        self.asked = ""

    @rx.event
    @bounds(upload_id=ID)
    async def delete(self, upload_id: str) -> None:
        """Delete a file, or give up an upload on its way."""
        self.asked = ""
        try:
            await asking_store(cancel.cancel_upload, bound().context, await owner_of(self), upload_id)
        except Problem as error:
            self.error = error.read()
            return
        await self.load()


class LibraryState(rx.State):
    """Counts the changes of an owner's uploads, as one tab is told of them."""

    revision: int = 0

    @rx.event
    @bounds()
    async def open(self) -> None:
        """This tab shows the owner's files."""
        # Who cannot be identified just now is told so where the files are.
        with contextlib.suppress(Problem):
            if owner := await owner_of(self):
                shows(self, owner)


@contextlib.asynccontextmanager
async def bound_to(app: rx.App, given: Bound, changes: Changes) -> AsyncGenerator[None]:
    """The states of this app call what is given, and its tabs hear of changes, as long as the block lasts."""
    with binding(app, given):
        # A task of its own, because a handler holds the lock of its state, and pushing takes it again.
        pushing = asyncio.create_task(push_changes(app, given, changes))
        try:
            yield
        finally:
            pushing.cancel()


async def push_changes(app: rx.App, given: Bound, changes: Changes) -> None:
    """Tell the tabs of every owner whose uploads changed, and those of whoever looks at one of these."""
    logs.be_careful()
    while True:
        owners = {await changes.next()}
        try:
            async with asyncio.timeout(GATHER):
                while True:
                    owners.add(await changes.next())
        except TimeoutError:
            pass
        for owner in owners:
            try:
                given.tabs.tell(app, await _concerned(given, owner))
            except Exception:
                # One owner's trouble must not end the task: everybody else's pages would stand still.
                _log.exception("a change could not be pushed to the pages")


async def _concerned(given: Bound, owner: str) -> list[Tab]:
    """The tabs in which something looks otherwise now."""
    tabs = given.tabs.of(owner)
    files = {tab.file for tab in tabs if tab.file}
    seen = await in_thread(share.looks, given.context, files) if files else {}
    changed = [tab for tab in tabs if not tab.file or tab.seen != seen.get(tab.file, "")]
    for tab in changed:
        tab.seen = seen.get(tab.file, "")
    return changed
