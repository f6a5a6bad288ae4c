"""What the visitor of a share link may see, before and after the bytes are there.

`VisitorState` says only *that* something changed; `SharedFileState` holds what the tab shows.
"""

import datetime

import reflex as rx

from smartupload.errors import LINK_CLOSED, FileNotFound, Problem, VirusFound
from smartupload.service.files.sizes import size_text
from smartupload.service.links import share
from smartupload.service.presentation.views import SharedFile
from smartupload.words import say

from .behind_link import BehindLink
from .bound import asking_store, bound, in_thread, owner_of, shows
from .bounds import ID, bounds
from .words import kind_text, sent_text, time_text, type_text

#: After so long it is said that nothing arrives.
STANDS_STILL = datetime.timedelta(minutes=5)

#: Of these its page has a sentence.
_SAID = {"uploading", "paused", "verifying", "scanning", "blocked", "failed", "cancelled", "expired"}
_WAITING = {"loading", "uploading", "paused", "verifying", "scanning"}


def token_of(state: rx.State) -> str:
    """The token in the address of the page."""
    token = state.router.url.path.rpartition("/")[2]
    return token if len(token) <= ID else ""  # a page may say any address


class VisitorState(rx.State):
    """Counts the changes of the file that one tab looks at."""

    revision: int = 0

    @rx.event
    @bounds()
    async def open(self) -> None:
        """This tab looks at the file in its address."""
        token = token_of(self)
        if look := await in_thread(share.look, bound().context, token):
            shows(self, look.owner, token, look.seen)


class SharedFileState(BehindLink, rx.State):
    """The file behind ``/f/{token}``."""

    name: str = ""
    kind: str = ""
    size: str = ""
    type: str = ""
    date: str = ""
    percent: int = 0
    left: str = ""
    #: since when nothing has arrived (ISO 8601), once that is long
    still: str = ""
    scan: str = ""
    download_url: str = ""

    #: how the file is shown, see service/presentation/previews.py
    preview: str = ""
    preview_url: str = ""
    text: str = ""
    text_cut: bool = False

    #: only for the owner: the upload
    upload_id: str = ""
    #: who sent it by which drop link, empty for what its owner sent
    sent_by: str = ""

    _epoch: int = 0

    @rx.var
    def waiting(self) -> bool:
        """True while the file is still to come."""
        return self.status in _WAITING

    @rx.var
    def token(self) -> str:
        """The token of the file that is shown, empty when none is."""
        return "" if self.status in {"loading", "missing", "closed"} else self._token

    @rx.event
    @bounds()
    async def load(self) -> None:
        """Look again."""
        token = token_of(self)
        self._looks_at(token)
        context = bound().context
        try:
            visitor = await owner_of(self)
            page = await asking_store(share.shared_page, context, token, visitor)
        except (FileNotFound, *LINK_CLOSED) as gone:
            self._leads_nowhere(token, gone)
            return
        except Problem as problem:
            # The store or the database is away: what was shown stays, and the next look may succeed.
            self.sentence, self.left = problem.read(), ""
            return
        self._show(page.file, mine=bool(page.upload_id))
        self.upload_id = page.upload_id
        self._allows(page.link)
        self.sent_by = sent_text(page.sent.name, page.sent.title) if page.sent else ""
        if self.preview == "text" and not self.text:
            try:
                self.text = await asking_store(share.text, context, token, visitor)
            except Problem:
                self.preview = ""
            self.text_cut = self.preview == "text" and page.file.size > share.MAX_TEXT

    def _show(self, file: SharedFile, mine: bool) -> None:
        # How far it is does not fall in a tab that shows it, unless it began anew.
        before = self.percent if self.waiting and file.epoch == self._epoch else 0
        self._epoch = file.epoch
        self.status = file.state
        self.name, self.kind, self.size = file.name, kind_text(file.name), size_text(file.size)
        self.type = type_text(file.name, file.preview)
        self.date = file.completed_at.isoformat() if file.completed_at and file.state == "ready" else ""
        self.percent = max(file.percent, before)
        self.download_url = file.download_url or ""
        self.preview, self.preview_url = file.preview, file.preview_url or ""
        self.scan = _scan_text(file, mine)
        self._show_time(file)
        self.sentence = _sentence(file, mine)

    def _show_time(self, file: SharedFile) -> None:
        self.left = self.still = ""
        if file.state != "uploading" or file.moved_at is None:
            return
        if file.left is not None:
            self.left = say("state-left", time=time_text(*file.left))
        elif bound().context.clock.now() - file.moved_at > STANDS_STILL:
            self.still = file.moved_at.isoformat()


def _scan_text(file: SharedFile, mine: bool) -> str:
    if file.state != "ready":
        return ""
    if file.scan == "clean":
        return say("state-scan-clean")
    if file.scan == "off":
        return say("state-scan-off") if mine else say("state-scan-off-visitor")
    return ""


def _sentence(file: SharedFile, mine: bool) -> str:
    if file.error and mine and file.state not in _WAITING:
        # It says what to do with the file, which visitors do not have.
        return file.error["detail"]
    if file.error and file.error["code"] == VirusFound.code:
        return say("state-page-virus")
    if file.state == "ready":
        return file.no_preview
    return say(f"state-page-{file.state}") if file.state in _SAID else ""
