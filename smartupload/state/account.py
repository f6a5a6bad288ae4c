"""Who is signed in, as the page has heard it from `/api/me`: what its header shows, and nothing that opens anything."""

from typing import Any

import reflex as rx

from .bounds import FORM, bounds

#: What the page asks, since it has the cookies of this moment and the websocket those of its beginning.
_ASK = "fetch('/api/me', {cache: 'no-store'}).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}))"


class AccountState(rx.State):
    """What one tab shows of it."""

    #: whether people sign in with the site itself
    signs_in: bool = False
    signed_in: bool = False
    name: str = ""
    #: uploads that were begun here before signing in
    left: int = 0

    @rx.event
    @bounds()
    def ask(self) -> rx.event.EventSpec:
        """Have the page ask who is here."""
        return rx.call_script(_ASK, callback=AccountState.heard)

    @rx.event
    @bounds(said=FORM)
    def heard(self, said: dict[str, Any]) -> None:
        """What it was told."""
        self.signs_in, self.signed_in = said.get("signs_in") is True, said.get("signed_in") is True
        self.name = str(said.get("name", ""))
        left = said.get("left")
        self.left = left if isinstance(left, int) else 0

    @rx.event
    @bounds()
    def forget_left(self) -> None:
        """It is answered."""
        self.left = 0
