"""In which language a tab is spoken to, once its person has picked another one: the handshake of its websocket is from before that."""

from typing import Any

import reflex as rx
from reflex_base.registry import RegistrationContext

from .bounds import ID, bounds
from .connection import pick
from .drops import DropsState
from .notifications import NotificationsState
from .tokens import TokensState

#: In place of what opens a page anew: a token that is shown just now is shown once, and stays.
_AGAIN: dict[Any, Any] = {
    TokensState.open.fn: TokensState.load,
    DropsState.open.fn: DropsState.load,
    NotificationsState.open.fn: NotificationsState.load,
}


class LanguageState(rx.State):
    """Keeps nothing: what was picked stands in the browser's cookie, and beside the tab's own line."""

    @rx.event
    @bounds(language=ID)
    def speak(self, language: str) -> Any:
        """From the next event on; what its page has read of the server is read again, as its `on_load` says."""
        if not pick(self, language):
            return None
        begun = RegistrationContext.get().app.get_load_events(self.router.url.path)
        return [_AGAIN.get(getattr(one, "fn", None), one) for one in begun]
