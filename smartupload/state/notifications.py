"""How somebody is told: this browser's own settings, or those that the link in a mail opens."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from smartupload.errors import LinkVoid, Problem
from smartupload.service.notify import contact
from smartupload.service.notify.contact import ContactView
from smartupload.words import say

from .bound import bound, in_thread, owner_of, sending_mail
from .bounds import FORM, bounds


class NotificationsState(rx.State):
    """The page at ``/notifications``."""

    loaded: bool = False
    #: the page was reached by the link in a mail, so it is about that mail's reader
    by_link: bool = False
    email: str = ""
    #: waits for its confirmation
    asked: str = ""
    mails: bool = True
    pushes: bool = True
    subscriptions: int = 0
    #: ``2 browsers of yours get them.``
    told_browsers: str = ""
    #: no mail server is set, so mails are files
    as_files: bool = False
    said: str = ""
    error: str = ""
    #: the link is no longer good, so the page is about this browser after all
    _void: bool = False

    @rx.event
    @bounds()
    async def open(self) -> None:
        """The page is opened."""
        self.reset()
        self.said = self.router.url.query_parameters.get("said", "")
        if self.said == "void":
            self.error = LinkVoid().read()
        await self.load()

    @rx.event
    @bounds()
    async def load(self) -> None:
        """Look again: an address may have been confirmed, a browser may have been added."""
        await self._does(contact.load, keep_error=True)
        self._tell_browsers()
        self.loaded = True

    @rx.event
    @bounds(form=FORM)
    async def save(self, form: dict[str, Any]) -> None:
        """Take a new address."""
        address = str(form.get("email", "")).strip()
        if address:
            await self._does(contact.change, email=address)

    @rx.event
    @bounds()
    async def send_again(self) -> None:
        """Ask once more."""
        await self._does(contact.change, email=self.asked)

    @rx.event
    @bounds()
    async def remove(self) -> None:
        """Forget the address."""
        await self._does(contact.change, email="")

    @rx.event
    @bounds()
    async def switch_mails(self) -> None:
        """Mails on or off."""
        await self._does(contact.change, mails=not self.mails)

    @rx.event
    @bounds()
    async def switch_pushes(self) -> None:
        """Pushes on or off, for all browsers at once."""
        await self._does(contact.change, pushes=not self.pushes)

    async def _does(self, verb: Callable[..., ContactView], keep_error: bool = False, **given: Any) -> None:
        link = self.router.url.query_parameters
        tag, signature = ("", "") if self._void else (link.get("c", ""), link.get("s", ""))
        context = bound().context

        def work(visitor: str) -> ContactView | None:
            whose = contact.owner_behind(context, tag, signature) if tag else visitor
            return verb(context, whose, **given) if whose else None

        try:
            view = await (sending_mail if given.get("email") else in_thread)(work, "" if tag else await owner_of(self))
        except LinkVoid as void:
            self._void, self.error = True, void.read()
            await self._does(contact.load, keep_error=True)
            return
        except Problem as problem:
            self.error = problem.read()
            return
        if not keep_error:
            self.error = self.said = ""
        self.by_link = bool(tag)
        self.as_files = not context.settings.smtp_url
        if view is not None:
            self.email, self.asked, self.mails = view.email, view.asked, view.mails
            self.pushes, self.subscriptions = view.pushes, view.subscriptions
        self._tell_browsers()

    def _tell_browsers(self) -> None:
        some = say("state-browsers", count=self.subscriptions)
        self.told_browsers = some if self.subscriptions else say("state-browsers-none")
