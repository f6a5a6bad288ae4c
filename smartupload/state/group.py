"""What the visitor of a group's link may see: its files, what is still to come, and for its owner what the link allows."""

import dataclasses

import reflex as rx

from smartupload.errors import LINK_CLOSED, FileNotFound, Problem
from smartupload.service.files.direction import isolated
from smartupload.service.files.sizes import size_text
from smartupload.service.links import group_page
from smartupload.words import say

from .behind_link import BehindLink
from .bound import bound, in_thread, owner_of
from .bounds import bounds
from .shared import token_of
from .words import kind_text, state_text

PAGE = 100
#: So many files are listed at most; the ZIP has all of them.
MOST = 2000


@dataclasses.dataclass
class GroupFile:
    """One line of the list, ready to show. `download_url` is empty until it is there."""

    id: str
    name: str
    folder: str
    kind: str
    size: str
    state_text: str
    download_url: str


class GroupState(BehindLink, rx.State):
    """The files behind ``/f/group/{token}``."""

    # Where the link leads there, `status` is ``open``.
    name: str = ""
    #: how many are there, and their size
    facts: str = ""
    coming: int = 0
    left_out: int = 0
    rows: list[GroupFile] = []
    more: bool = False
    download_url: str = ""
    scan: str = ""

    #: only for the owner: what their browser calls it
    key: str = ""

    _most: int = PAGE

    @rx.event
    @bounds()
    async def load(self) -> None:
        """Look again."""
        token = token_of(self)
        self._looks_at(token)
        try:
            visitor = await owner_of(self)
            page, rows = await in_thread(_read, token, visitor, self._most)
        except (FileNotFound, *LINK_CLOSED) as gone:
            self._leads_nowhere(token, gone)
            return
        except Problem as problem:
            # What was shown stays, and the next look may succeed.
            self.sentence = problem.read()
            return
        group = page.group
        self.status, self.sentence = "open", ""
        self.name = isolated(group.name)
        self.facts = say("state-arrived", count=group.ready, size=size_text(group.bytes))
        self.coming, self.left_out = group.coming, group.left_out
        self.rows = [_row(one) for one in rows]
        self.more = len(rows) < min(group.ready + group.coming, MOST)
        self.scan = ""
        if group.unscanned:
            self.scan = say("state-scan-off") if page.key else say("state-scan-off-visitor")
        self.download_url = group.download_url or ""
        self.key = page.key
        self._allows(page.link)

    @rx.event
    @bounds()
    async def show_more(self) -> None:
        """More of the list."""
        self._most = min(self._most + PAGE, MOST)
        await self.load()


def _read(token: str, visitor: str, most: int) -> tuple[group_page.GroupPage, list[group_page.SharedEntry]]:
    ctx = bound().context
    page = group_page.group_page(ctx, token, visitor, most)
    rows, after = list(page.group.files), page.group.next
    while after is not None and len(rows) < most:
        following = group_page.following(ctx, token, visitor, after, most - len(rows))
        rows, after = rows + following.files, following.next
    return page, rows


def _row(one: group_page.SharedEntry) -> GroupFile:
    return GroupFile(
        id=one.id,
        name=one.name,
        folder=one.folder,
        kind=kind_text(one.name),
        size=size_text(one.size),
        state_text="" if one.download_url else state_text(one.state, one.percent)[0],
        download_url=one.download_url or "",
    )
