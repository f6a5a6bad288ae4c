"""The links that lead to several files at once, on the page of all files: which there are, whether each is open, and its end."""

import dataclasses
from collections.abc import Callable
from typing import Any

import reflex as rx

from smartupload.service.files.sizes import size_text
from smartupload.service.links import groups
from smartupload.service.links.groups import GroupView
from smartupload.words import say

from .asking import Asking
from .behind_link import closed_text
from .bound import bound
from .bounds import ID, bounds

#: So many are shown, the newest first.
MOST = 50


@dataclasses.dataclass(frozen=True)
class GroupLinkRow:
    """One of them, ready to show. `name` of the folder, else how many files; moments in ISO 8601, `downloads` a text, both empty for no limit."""

    key: str
    name: str
    facts: str
    path: str
    url: str
    made: str
    until: str
    downloads: str
    revoked: bool
    is_open: bool


class GroupLinksState(Asking, rx.State):
    """What stands above the list at ``/files``; what waits for a second click is what the browser calls the group."""

    rows: list[GroupLinkRow] = []

    @rx.event
    @bounds()
    async def open(self) -> None:
        """The page is opened: nothing of before is shown."""
        self.reset()
        await self._look()

    @rx.event
    @bounds()
    async def load(self) -> None:
        """Look again; a question stays."""
        asked, error = self.asked, self.error
        if await self._look():
            self.asked, self.error = asked, error

    @rx.event
    @bounds(key=ID)
    async def stop(self, key: str) -> None:
        """Nobody but the owner may open it any more."""
        await self._does_to(key, True)

    @rx.event
    @bounds(key=ID)
    async def share(self, key: str) -> None:
        """The same link works again."""
        await self._does_to(key, False)

    async def _does_to(self, key: str, revoked: bool) -> None:
        context = bound().context
        await self._look(lambda owner: groups.set_revoked(context, owner, key, revoked))

    async def _look(self, first: Callable[[str], Any] | None = None) -> bool:
        context = bound().context

        def work(owner: str) -> list[GroupView]:
            if first is not None:
                first(owner)
            return groups.all_of(context, owner, MOST) if owner else []

        found = await self._does(work)
        if found is None:
            return False
        self.rows = [_row(one) for one in found]
        return True


def _row(one: GroupView) -> GroupLinkRow:
    facts = say("state-arrived", count=one.files, size=size_text(one.bytes))
    link = one.link
    return GroupLinkRow(
        key=one.key,
        name=one.name or facts,
        facts=facts if one.name else "",
        path=f"/f/group/{link.token}",
        url=link.url,
        made=one.made_at.isoformat(),
        until=link.until.isoformat() if link.until else "",
        downloads="" if link.downloads_left is None else str(link.downloads_left),
        revoked=link.revoked,
        is_open=closed_text(link) == "",
    )
