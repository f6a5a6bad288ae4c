"""When a tab reads again what it shows: whenever something of its owner's changed, or of the file that it looks at.

`LibraryState` says only *that* something changed; what a tab shows is in the states of its pages.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator

import reflex as rx

from smartupload import logs
from smartupload.errors import Problem
from smartupload.service.links import share

from .bound import Bound, Changes, binding, in_thread, owner_of, shows
from .bounds import bounds
from .tabs import Tab

_log = logging.getLogger(__name__)

#: Changes within this time (seconds) make one push: a thousand small files finish within seconds.
GATHER = 0.25


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
