"""What the visitor of a share link may see, before and after the bytes are there."""

import asyncio

import reflex as rx

from smartupload.errors import FileNotFound, Problem
from smartupload.service import share
from smartupload.service.views import SharedFile

from .bound import bound
from .words import kind_text, size_text


class SharedFileState(rx.State):
    """The file behind ``/f/{token}``."""

    #: ``loading``, ``missing``, or the state of the upload
    status: str = "loading"
    name: str = ""
    kind: str = ""
    size: str = ""
    percent: int = 0
    sentence: str = ""
    download_url: str = ""

    @rx.var
    def waiting(self) -> bool:
        """True while it is worth looking again."""
        return self.status in {"loading", "uploading", "paused", "verifying", "scanning"}

    @rx.event
    async def load(self) -> None:
        """Look again."""
        token = self.router.url.path.rpartition("/")[2]
        try:
            file = await asyncio.to_thread(share.shared_file, bound().context, token)
        except FileNotFound:
            self.reset()
            self.status = "missing"
            return
        except Problem as problem:
            # The store or the database is away: what was shown stays, and the next look may succeed.
            self.sentence = problem.detail
            return
        self.status = file.state
        self.name, self.kind, self.size = file.name, kind_text(file.name), size_text(file.size)
        self.percent = file.percent
        self.download_url = file.download_url or ""
        self.sentence = _sentence(file)


def _sentence(file: SharedFile) -> str:
    if file.error:
        return file.error["detail"]
    return {
        "uploading": f"On its way: {file.percent} %. This page becomes the file.",
        "paused": f"Paused at {file.percent} %. When the sender goes on, this page becomes the file.",
        "verifying": "All of it is here and is being checked. This page becomes the file.",
        "scanning": "All of it is here and is being checked. This page becomes the file.",
        "ready": "",
        "blocked": "This file did not pass the check and cannot be opened.",
        "failed": "This file did not arrive. Ask the sender to send it again.",
        "cancelled": "The sender took this file back.",
        "expired": "This file did not arrive in time. Ask the sender to send it again.",
    }.get(file.state, "")
