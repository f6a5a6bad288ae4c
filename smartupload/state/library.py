"""Which files a tab shows: some of the owner's library, read again whenever it changes, and what is done with one of them."""

from typing import Any

import reflex as rx

from smartupload.errors import Problem
from smartupload.service.files import names
from smartupload.service.uploads import cancel, library, rename

from .bound import asking_store, bound, owner_of
from .bounds import FORM, ID, SEARCH, bounds
from .file_rows import FileRow, row_of

PAGE = 50
#: A search reads so many files at most, newest first.
SEARCH_DEPTH = 2000


def _read(owner: str, pages: int, query: str) -> tuple[list[FileRow], bool]:
    """The rows of the first pages, and whether there are more. A search walks deeper."""
    rows: list[FileRow] = []
    wanted, cursor, seen = query.casefold(), None, 0
    while True:
        page = library.list_uploads(bound().context, owner, cursor, PAGE)
        seen += len(page.uploads)
        rows += [row_of(upload) for upload in page.uploads if wanted in upload.name.casefold()]
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
    #: the file whose name is being changed, and what is wrong with the one that was given
    renaming: str = ""
    wrong_name: str = ""
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
            await asking_store(rename.rename_upload, bound().context, await owner_of(self), upload_id, name)
        except Problem as error:
            self.wrong_name = error.read()
            return
        self.renaming = self.wrong_name = ""
        await self.load()
