"""What the owner of a file, or of files that were given together, does with the link on its own page."""

import base64
from collections.abc import Callable
from typing import Any, ClassVar

import reflex as rx
import reflex_smartupload as su

from smartupload.service import inputs
from smartupload.service.links import groups, link, qr
from smartupload.service.presentation.views import LinkView
from smartupload.words import say

from .asking import Asking
from .bound import bound, in_thread
from .bounds import ID, bounds
from .group import GroupState
from .shared import SharedFileState


class LinkActions(Asking, mixin=True):
    """The panel with the link, of whatever it leads to; what waits for a second click is ``stop`` or ``renew``."""

    #: the link as a picture, empty until it is wanted
    qr: str = ""

    #: the service, and the state whose page is read again
    _verbs: ClassVar[Any] = link
    _shown: ClassVar[type[Any]] = SharedFileState

    @rx.event
    @bounds(whose=ID)
    async def stop(self, whose: str) -> Any:
        """Nobody but the owner may open it any more."""
        if await self._do(self._verbs.set_revoked, whose, True):
            return [self._shown.load, su.toast_event(say("state-link-stopped"))]
        return None

    @rx.event
    @bounds(whose=ID)
    async def share(self, whose: str) -> Any:
        """The same link works again."""
        if await self._do(self._verbs.set_revoked, whose, False):
            return [self._shown.load, su.toast_event(say("state-link-works"))]
        return None

    @rx.event
    @bounds(whose=ID, until=ID, downloads=ID)
    async def limit(self, whose: str, until: str, downloads: str) -> Any:
        """Limit the link to a moment (ISO 8601) and to so many downloads; empty texts are no limit."""
        try:
            moment = inputs.instant(until) if until else None
        except ValueError:
            self.error = say("state-link-no-day")
            return None
        try:
            left = int(downloads) if downloads.strip() else None
        except ValueError:
            self.error = say("state-link-no-number")
            return None
        if await self._do(self._verbs.set_limits, whose, moment, left):
            return [self._shown.load, su.toast_event(say("state-saved"))]
        return None

    @rx.event
    @bounds(whose=ID)
    async def show_qr(self, whose: str) -> None:
        """The link as a QR code, as a picture that stands in the page itself."""
        if found := await self._do(self._verbs.get_link, whose):
            code = await in_thread(qr.svg, self._link_of(found).url)
            self.qr = "data:image/svg+xml;base64," + base64.b64encode(code).decode()

    @rx.event
    @bounds()
    def hide_qr(self) -> None:
        """It is not wanted any more, or the page is another one now."""
        self.qr = ""

    @rx.event
    @bounds(whose=ID)
    async def renew(self, whose: str) -> Any:
        """A new link; the page moves to it."""
        made = await self._do(self._verbs.renew_link, whose)
        if made:
            self.qr = ""
            return [rx.redirect(self._page_of(made), replace=True), su.toast_event(say("state-link-renewed"))]
        return None

    def _link_of(self, found: Any) -> LinkView:
        return found

    def _page_of(self, made: Any) -> str:
        return f"/f/{made.token}"

    async def _do(self, verb: Callable[..., Any], whose: str, *given: Any) -> Any:
        context = bound().context
        return await self._does(lambda owner: verb(context, owner, whose, *given))


class LinkState(LinkActions, rx.State):
    """That of one file, by the id of its upload."""


class GroupLinkState(LinkActions, rx.State):
    """That of a group, by what its browser calls it."""

    _verbs: ClassVar[Any] = groups
    _shown: ClassVar[type[Any]] = GroupState

    def _link_of(self, found: Any) -> LinkView:
        return found.link

    def _page_of(self, made: Any) -> str:
        return f"/f/group/{made.link.token}"
