"""Which tabs are told that something has changed: those whose page shows it, and no others.

Reflex has states that several tabs share, and tells all of them of every event of each (docs/decisions/0011-links-and-previews.md).
"""

import asyncio
import dataclasses
import logging
from collections.abc import Callable, Iterable
from typing import Any

import reflex as rx

_log = logging.getLogger(__name__)

#: With so many the ones that are gone are looked for.
MANY = 1000


@dataclasses.dataclass
class Tab:
    """One tab and what its page shows: everything of the owner, or the file with this share token as it was seen."""

    #: how Reflex calls the tab
    ident: str
    #: the state with a `revision` that grows when the page is to look again
    state: type[Any]
    owner: str
    file: str = ""
    seen: str = ""
    #: what runs while it is told, and whether there is more to tell by then
    telling: asyncio.Task[None] | None = None
    again: bool = False


class Tabs:
    """All tabs of one app that want to be told."""

    def __init__(self) -> None:
        self._tabs: dict[str, Tab] = {}
        self._most = MANY

    def show(self, tab: Tab, is_there: Callable[[str], bool]) -> None:
        """This page is what the tab shows from now on; `is_there` says of a tab whether it still is."""
        self._tabs.pop(tab.ident, None)
        self._tabs[tab.ident] = tab
        if len(self._tabs) > self._most:
            self._tabs = {ident: one for ident, one in self._tabs.items() if ident == tab.ident or is_there(ident)}
            self._most = max(MANY, 2 * len(self._tabs))

    def of(self, owner: str) -> list[Tab]:
        """Those that show something of this owner."""
        return [tab for tab in self._tabs.values() if tab.owner == owner]

    def tell(self, app: rx.App, tabs: Iterable[Tab]) -> None:
        """Have them look again. Nobody waits for it: a tab may be busy with something that takes long."""
        for tab in tabs:
            if not is_connected(app, tab.ident):
                # It says what it shows when it is back.
                if self._tabs.get(tab.ident) is tab:
                    del self._tabs[tab.ident]
            elif tab.telling is not None:
                tab.again = True
            else:
                tab.telling = asyncio.create_task(_tell(app, tab))


def is_connected(app: rx.App, ident: str) -> bool:
    """Whether there is a line to the tab."""
    return app.event_namespace is not None and ident in app.event_namespace.token_to_sid


async def _tell(app: rx.App, tab: Tab) -> None:
    try:
        while True:
            tab.again = False
            async with app.modify_state(rx.BaseStateToken(ident=tab.ident, cls=tab.state)) as root:
                (await root.get_state(tab.state)).revision += 1
            if not tab.again:
                return
    except Exception:
        # One tab's trouble must not be everybody's.
        _log.exception("a change could not be told to a page")
    finally:
        tab.telling = None
