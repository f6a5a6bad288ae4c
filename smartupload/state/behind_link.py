"""What the page behind a link knows of the link, whatever it leads to: whether it leads there, and for its owner what it allows."""

import reflex as rx

from smartupload.errors import FileNotFound, Problem
from smartupload.service.presentation.views import LinkView
from smartupload.words import say

from .bound import bound


class BehindLink(rx.State, mixin=True):
    """For the states of such pages."""

    #: ``loading``, ``missing``, ``closed``, or what the page says of what is there
    status: str = "loading"
    sentence: str = ""

    #: only for the owner: what the link allows (``until`` ISO 8601, ``downloads`` as a text, empty for any number), and
    #: why visitors do not see what is behind it, empty when they do
    link_url: str = ""
    revoked: bool = False
    until: str = ""
    downloads: str = ""
    closed: str = ""

    _token: str = ""

    def _looks_at(self, token: str) -> None:
        """Nothing stays of another link."""
        if token != self._token:
            self.reset()
            self._token = token

    def _leads_nowhere(self, token: str, gone: Problem) -> None:
        self.reset()
        self._token, self.sentence = token, gone.read()
        self.status = "missing" if isinstance(gone, FileNotFound) else "closed"

    def _allows(self, link: LinkView | None) -> None:
        if link is None:
            return
        self.link_url, self.revoked = link.url, link.revoked
        self.until = link.until.isoformat() if link.until else ""
        self.downloads = "" if link.downloads_left is None else str(link.downloads_left)
        self.closed = closed_text(link)


def closed_text(link: LinkView) -> str:
    """Why the link leads nobody else anywhere now, empty when it does."""
    if link.revoked:
        return say("state-closed-revoked")
    if link.until is not None and link.until <= bound().context.clock.now():
        return say("state-closed-over")
    if link.downloads_left == 0:
        return say("state-closed-used")
    return ""
