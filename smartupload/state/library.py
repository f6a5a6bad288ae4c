"""Which files a tab shows: some of the owner's library, read again whenever it changes, and what is done with one of them."""

import dataclasses
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from smartupload.errors import Problem
from smartupload.service import inputs
from smartupload.service.files import names
from smartupload.service.files.sizes import size_text
from smartupload.service.tags import rules, tagging
from smartupload.service.uploads import cancel, finding, library, naming, pause
from smartupload.service.uploads.finding import Wanted

from .bound import asking_store, bound, owner_of
from .bounds import FORM, ID, SEARCH, bounds
from .file_rows import FileRow, row_of
from .tagging import Tagging, spelled, tag_rows

PAGE = 50
UP, DOWN = "up", "down"
#: In which direction a column is sorted that nobody has said more of.
_FIRST = {finding.DATE: DOWN, finding.NAME: UP, finding.SIZE: DOWN, finding.STATE: UP}
_NEWEST = f"{finding.DATE}-{DOWN}"


@dataclasses.dataclass
class _Read:
    rows: list[FileRow]
    more: bool
    tally: library.Tally
    tags: list[tagging.TagCount]


_NOTHING = _Read([], False, library.Tally(0, 0, 0), [])


def _read(owner: str, pages: int, wanted: Wanted) -> _Read:
    """The rows of the first pages, whether there are more, how many they are, and all tags."""
    rows: list[FileRow] = []
    ctx, cursor = bound().context, None
    while True:
        page = library.list_uploads(ctx, owner, cursor, PAGE, wanted)
        rows += [row_of(upload) for upload in page.uploads]
        cursor = page.next_cursor
        if not cursor or len(rows) >= pages * PAGE:
            return _Read(rows, bool(cursor), library.tally(ctx, owner, wanted), tagging.tags_of_all(ctx, owner))


def _order(said: str) -> str:
    """An order that there is: `name-up`, or `name` for the direction that it has first."""
    sort, _, direction = said.partition("-")
    if sort not in finding.COLUMNS:
        return _NEWEST
    return f"{sort}-{direction if direction in (UP, DOWN) else _FIRST[sort]}"


class FilesState(Tagging, rx.State):
    """The library as one tab shows it."""

    rows: list[FileRow] = []
    more: bool = False
    #: how many files are asked for, how large they are together, and how many there are in all
    count: int = 0
    size: str = ""
    total: int = 0
    #: letters, a group of states, and the order, such as `name-up`
    query: str = ""
    group: str = ""
    order: str = _NEWEST
    #: the same as the query of an address, and how often other letters than before were read from there
    address: str = ""
    opened: int = 0
    error: str = ""
    #: the file whose deletion waits for a second click
    asked: str = ""
    #: the file whose name is being changed, and what is wrong with the one that was given
    renaming: str = ""
    wrong_name: str = ""
    loaded: bool = False
    _pages: int = 1

    @rx.event
    @bounds()
    async def open(self) -> None:
        """Show what the address of the page asks for."""
        said, before = self.router.url.query_parameters, self.query
        text = said.get("q", "")
        self.query = text.strip() if len(text) <= SEARCH and inputs.is_name(text) else ""
        self.group = group if (group := said.get("state", "")) in finding.GROUPS else ""
        self.tag = tag if len(tag := said.get("tag", "")) <= SEARCH and rules.key(tag) else ""
        self.order = _order(said.get("order", ""))
        self.tagging = self.wrong_tag = ""
        self.asked = self.renaming = self.wrong_name = ""
        # Whoever has begun to type keeps the field that they type in.
        self.opened += self.query != before
        await self._changed()

    async def _changed(self) -> None:
        order = "" if self.order == _NEWEST else self.order
        asked = {"q": self.query, "state": self.group, "tag": self.tag, "order": order}
        query = urlencode({name: value for name, value in asked.items() if value})
        self.address, self._pages = f"?{query}" if query else "", 1
        await self._load()

    async def _load(self) -> None:
        sort, _, direction = self.order.partition("-")
        wanted = Wanted(self.query, self.group, sort, direction == DOWN, self.tag)
        try:
            owner = await owner_of(self)
            read = await asking_store(_read, owner, self._pages, wanted) if owner else _NOTHING
        except Problem as error:
            self.error = error.read()
        else:
            self.rows, self.more, self.error = read.rows, read.more, ""
            self.tag = spelled(read.tags, self.tag)
            self.tags = tag_rows(read.tags, self.tag)
            self.count, self.total, self.size = read.tally.count, read.tally.all, size_text(read.tally.bytes)
        self.loaded = True

    @rx.event
    @bounds()
    async def load(self) -> None:
        """Read what this tab shows, again."""
        await self._load()

    @rx.event
    @bounds()
    async def show_more(self) -> None:
        """One page more."""
        self._pages += 1
        await self._load()

    @rx.event
    @bounds(query=SEARCH)
    async def search(self, query: str) -> None:
        """Show the files with these letters in their name."""
        self.query = query.strip()
        await self._changed()

    @rx.event
    @bounds(group=ID)
    async def show(self, group: str) -> None:
        """Show the files of this group of states, or of all."""
        self.group = group if group in finding.GROUPS else ""
        await self._changed()

    @rx.event
    @bounds(order=ID)
    async def arrange(self, order: str) -> None:
        """Show them in this order; a column that they are in the order of already turns round."""
        turned = {f"{order}-{UP}": f"{order}-{DOWN}", f"{order}-{DOWN}": f"{order}-{UP}"}
        self.order = turned.get(self.order, _order(order))
        await self._changed()

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
        await self._do(cancel.cancel_upload, upload_id)

    @rx.event
    @bounds(upload_id=ID)
    def ask_name(self, upload_id: str) -> None:
        """Give a file another name; without one the names stay as they are."""
        self.renaming, self.wrong_name = upload_id, ""

    @rx.event
    @bounds(upload_id=ID, form=FORM)
    async def rename(self, upload_id: str, form: dict[str, Any]) -> None:
        """Give it the name of the form; a name without an extension keeps the one that the file had."""
        was = next((row.name for row in self.rows if row.id == upload_id), "")
        name = names.with_extension_of(was, str(form.get("name", "")))
        try:
            await asking_store(naming.rename_upload, bound().context, await owner_of(self), upload_id, name)
        except Problem as error:
            self.wrong_name = error.read()
            return
        self.renaming = self.wrong_name = ""
        await self._load()

    @rx.event
    @bounds(upload_id=ID)
    async def pause(self, upload_id: str) -> None:
        """Hold an upload back that another browser sends, or a program."""
        await self._do(pause.pause_upload, upload_id)

    @rx.event
    @bounds(upload_id=ID)
    async def resume(self, upload_id: str) -> None:
        """Let it go on."""
        await self._do(pause.resume_upload, upload_id)

    async def _do(self, verb: Callable[..., object], upload_id: str) -> None:
        try:
            await asking_store(verb, bound().context, await owner_of(self), upload_id)
        except Problem as error:
            self.error = error.read()
            return
        await self._load()
