"""Which events of a page are handled for somebody who has not signed in, where everybody has to: those of the pages of share and drop links."""

from typing import Any

import reflex as rx
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event

from smartupload.errors import Problem

from .account import AccountState
from .bound import owner_of
from .drop import DropState
from .group import GroupState
from .language import LanguageState
from .shared import SharedFileState, VisitorState

#: What of a page is for whoever has its link, and what holds nothing but what the page itself has said.
OPEN: tuple[type[BaseState], ...] = (SharedFileState, VisitorState, GroupState, DropState, AccountState, LanguageState)

_SIGN_IN = "location.assign('/login?to=' + encodeURIComponent(location.pathname + location.search))"


def is_open(state: type[BaseState]) -> bool:
    """Whether events of this state are handled for anybody. Reflex's own say which page is shown, and read nothing of anybody."""
    return state in OPEN or state.__module__.partition(".")[0] in ("reflex", "reflex_base")


class EventGate(Middleware):
    """Before every event that any websocket sends."""

    async def preprocess(self, app: rx.App, state: Any, event: Event) -> StateUpdate | None:
        """See reflex.middleware.Middleware; with an update the event is not handled."""
        if is_open(event.state_cls):
            return None
        try:
            if await owner_of(state):
                return None
        except Problem:
            return StateUpdate()  # nobody can tell just now who it is
        if state.router.url.path.startswith(("/f/", "/drop/")):
            return StateUpdate()  # its visitor came for the file, or to send some
        return StateUpdate(events=Event.from_event_type(rx.call_script(_SIGN_IN)))
