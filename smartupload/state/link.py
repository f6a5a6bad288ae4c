"""What the owner of a file does with its link on the file's own page."""

from collections.abc import Callable
from typing import Any

import reflex as rx
import reflex_smartupload as su

from smartupload.service import inputs
from smartupload.service.links import link
from smartupload.service.presentation.views import LinkView
from smartupload.words import say

from .asking import Asking
from .bound import bound
from .bounds import ID, bounds
from .shared import SharedFileState


class LinkState(Asking, rx.State):
    """The panel with the link; what waits for a second click is ``stop`` or ``renew``."""

    @rx.event
    @bounds(upload_id=ID)
    async def stop(self, upload_id: str) -> Any:
        """Nobody but the owner may open the file any more."""
        if await self._do(link.set_revoked, upload_id, True):
            return [SharedFileState.load, su.toast_event(say("state-link-stopped"))]
        return None

    @rx.event
    @bounds(upload_id=ID)
    async def share(self, upload_id: str) -> Any:
        """The same link works again."""
        if await self._do(link.set_revoked, upload_id, False):
            return [SharedFileState.load, su.toast_event(say("state-link-works"))]
        return None

    @rx.event
    @bounds(upload_id=ID, until=ID, downloads=ID)
    async def limit(self, upload_id: str, until: str, downloads: str) -> Any:
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
        if await self._do(link.set_limits, upload_id, moment, left):
            return [SharedFileState.load, su.toast_event(say("state-saved"))]
        return None

    @rx.event
    @bounds(upload_id=ID)
    async def renew(self, upload_id: str) -> Any:
        """A new link; the page moves to it."""
        made = await self._do(link.renew_link, upload_id)
        if made:
            return [
                rx.redirect(f"/f/{made.token}", replace=True),
                su.toast_event(say("state-link-renewed")),
            ]
        return None

    async def _do(self, verb: Callable[..., LinkView], upload_id: str, *given: Any) -> LinkView | None:
        context = bound().context
        return await self._does(lambda owner: verb(context, owner, upload_id, *given))
