"""In which language a tab is spoken to, once its person has picked another one: the handshake of its websocket is from before that."""

import reflex as rx

from .bounds import ID, bounds
from .connection import pick


class LanguageState(rx.State):
    """Keeps nothing: what was picked stands in the browser's cookie, and beside the tab's own line."""

    @rx.event
    @bounds(language=ID)
    def speak(self, language: str) -> None:
        """From the next event on."""
        pick(self, language)
