"""What a program is told when something cannot be done: one exception with a stable code and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SENTENCES = {
    # Where it is sent to.
    "bad_url": "{url} is no address of a smartupload app. Write it like https://files.example.org.",
    "not_trusted": "The certificate of {url} is not trusted here ({cause}). Check the address, or name the right authority in SSL_CERT_FILE.",
    "moved": "{url} sends on to {place}. Use that address.",
    "access_refused": "{url} refuses access (status {status}). Pass the headers that it asks for, for example Authorization.",
    "no_api": "{url} answers with something that is not the API of smartupload (status {status}, {type}). Check the address; a proxy or a sign-in page may stand before it.",
    # What is away.
    "server_away": "{url} does not answer ({cause}). Check the address and the network, then try again: an upload goes on from its last confirmed part.",
    "store_away": "{url} does not answer ({cause}). Try again later: an upload goes on from its last confirmed part.",
    "portal": "Something else answers in the place of {url} ({cause}). Check proxies and the network's sign-in page, then try again: an upload goes on from its last confirmed part.",
    # What is too much for now: it is waited for as long as the server says.
    "too_many_requests": "{url} takes no more calls from here just now ({cause}). Try again later: an upload goes on from its last confirmed part.",
    "too_many_open_uploads": "{url} takes no more files of yours just now ({cause}). Put the file again once others are done or cancelled.",
    "site_full": "{url} has no room for this file just now ({cause}). Put it again later, or ask whoever runs the site.",
    # The file here.
    "file_missing": "There is no file {path}. Check the path.",
    "file_unreadable": "{path} cannot be read ({cause}). Check its rights and its disk.",
    "not_a_file": "{path} is no ordinary file. Put its files one by one, or pack it into an archive.",
    "file_changed": "{path} was changed while it was sent, so nothing was made of it. Put it again once nothing writes to it any more.",
    "state_unwritable": "The state directory {path} cannot be used ({cause}). Give another one with state_dir, or mend its rights.",
    "path_unwritable": "{path} cannot be written ({cause}). Check its rights and the room on its disk, or choose another path.",
    # What became of it.
    "upload_paused": "This upload was paused by its owner. Put the file again to go on.",
    "cancelled": "This upload was cancelled. Put the file again to begin anew.",
    "expired": "This upload stood still for too long and was given up. Put the file again to begin anew.",
    "failed": "The file could not be made of what was sent. Put it again to begin anew.",
    "blocked": "The file was refused after it had arrived. Nobody can open it.",
    "not_ready_in_time": "The file is not ready after {seconds} s; the server goes on by itself. Ask again with wait_ready.",
    "download_damaged": "What came is not the file that the server has. Nothing was kept; try again.",
}
"""By the codes that are the client's own; all others are the API's, with its own sentence. `upload_paused` is both: what to do differs."""

TOO_MUCH = frozenset({"too_many_requests", "too_many_open_uploads", "site_full"})
"""What the server takes no more of for now. They are both, too."""
TEMPORARY = TOO_MUCH | {"server_away", "store_away", "portal", "store_unavailable", "not_ready_in_time"}
"""Trying again later may help; nothing has to be changed before."""


class SmartUploadError(Exception):
    """Something could not be done. `code` is stable, `detail` says what to do.

    `status` is that of the answer, where one came (HTTP), and `problem` its other members, `missing` for example.
    """

    def __init__(
        self, code: str, detail: str, *, status: int | None = None, problem: Mapping[str, Any] | None = None
    ) -> None:
        self.code = code
        self.detail = detail
        self.status = status
        self.problem: Mapping[str, Any] = problem or {}
        super().__init__(detail)

    @property
    def is_temporary(self) -> bool:
        """Whether trying again later may help as it is."""
        return self.code in TEMPORARY


def own(code: str, *, status: int | None = None, **values: object) -> SmartUploadError:
    """One of the client's own errors."""
    return SmartUploadError(code, SENTENCES[code].format(status=status, **values), status=status)


class Away(Exception):
    """Not an answer: the line, the server or the store is away for now. `retry_after`: seconds that it asked for."""

    def __init__(self, code: str, cause: str, retry_after: float = 0.0) -> None:
        self.code = code
        self.cause = cause
        self.retry_after = retry_after
        super().__init__(cause)


class TooMuch(Exception):
    """The server is there, and takes no more of this for now. `retry_after`: seconds that it asked for."""

    def __init__(self, code: str, cause: str, retry_after: float) -> None:
        self.code = code
        self.cause = cause
        self.retry_after = retry_after
        super().__init__(cause)
