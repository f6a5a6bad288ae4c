"""In which language a request is answered, and that the answer says so."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from smartupload import words
from smartupload.words import negotiation

VARY = "Accept-Language, Cookie"
"""What the language of an answer hangs on."""


class Languages:
    """Around everything that says something: who picked a language in the page, or whose browser asks for one, is told in it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        with words.speaking(negotiation.asked_by(scope["headers"])):
            await self.app(scope, receive, send)


def said_in() -> dict[str, str]:
    """Headers of an answer with a sentence in it."""
    return {"Content-Language": words.language(), "Vary": VARY}
