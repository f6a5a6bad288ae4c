"""The page of a drop link: what its visitor is asked for, within which limits, and by which name their browser sends."""

import reflex as rx

from smartupload.errors import DropClosed, DropNotFound, Problem
from smartupload.service.drops import links
from smartupload.service.files.direction import isolated
from smartupload.words import Size, say

from .bound import bound, in_thread, sender_of
from .bounds import ID, bounds


class DropState(rx.State):
    """The link behind ``/drop/{token}``."""

    #: ``loading``, ``open``, ``closed`` or ``missing``
    status: str = "loading"
    title: str = ""
    asker: str = ""
    #: what may be sent, a sentence each
    limits: list[str] = []
    until: str = ""
    uploader: str = ""
    sentence: str = ""
    #: what the visitor calls themself, if they like
    name: str = ""

    @rx.event
    @bounds()
    async def load(self) -> None:
        """Look again."""
        token = self.router.url.path.rpartition("/")[2]
        try:
            sender = await sender_of(self)
            page = await in_thread(links.page, bound().context, token if len(token) <= ID else "", sender)
        except (DropNotFound, DropClosed) as gone:
            self.status = "missing" if isinstance(gone, DropNotFound) else "closed"
            self.sentence = gone.read()
            return
        except Problem as problem:
            self.sentence = problem.read()
            return
        self.status, self.sentence = "open", ""
        self.title, self.asker, self.uploader = page.title, isolated(page.asker), page.uploader
        self.limits, self.until = limit_texts(page.limits), page.until.isoformat()

    @rx.event
    @bounds(name=ID)
    def say(self, name: str) -> None:
        """Who sends."""
        self.name = name.strip()


def limit_texts(limits: links.Limits) -> list[str]:
    """The limits of a link, as both pages say them."""
    found: list[str] = []
    if limits.files is not None:
        found.append(say("state-limit-files", count=limits.files))
    if limits.size is not None:
        found.append(say("state-limit-size", size=Size(limits.size)))
    if limits.bytes is not None:
        found.append(say("state-limit-bytes", size=Size(limits.bytes)))
    if limits.types:
        found.append(say("state-limit-types", types=", ".join(limits.types)))
    return found
