"""What a program has of a server: files are put there and fetched from there."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from smartupload.client.core import given
from smartupload.client.core.errors import own
from smartupload.client.core.results import Downloaded, Uploaded, end_of, uploaded
from smartupload.client.download import fetch
from smartupload.client.io.api import Api
from smartupload.client.io.batches import Batches
from smartupload.client.io.http import make_client
from smartupload.client.io.journal import Journal
from smartupload.client.io.line import Line
from smartupload.client.io.owner import Owner, TokenOwner
from smartupload.client.io.source import Source
from smartupload.client.io.state import default_state_dir
from smartupload.client.io.store import Store
from smartupload.client.ready import wait_until_ready
from smartupload.client.upload import OnProgress, Putting, Site

TOKEN = "SMARTUPLOAD_TOKEN"
"""The variable that has the token of programs that are given none."""
_CONNECTIONS = 64
"""That may be open at a time: several files, each with some parts on the line."""
_LARGE = 2
"""Files of several parts that are sent at a time: each holds some parts in memory."""


class SmartUploadClient:
    """Puts files to the smartupload app at `url` and fetches them. Several threads may use one client.

    `state_dir`: where the journal and the owner's cookie are kept; the platform's directory for such things when None.
    `headers`: go with every call of the API, and never to the store. `token`: one that was made under Account on the site,
    whose uploads these are then; SMARTUPLOAD_TOKEN when None, and the owner's cookie without any. `patience`: seconds of nothing but failures after
    which a call gives up; None is never. `parallel`: parts of one file on the line at a time; None leaves it to the server.
    """

    def __init__(
        self,
        url: str,
        *,
        state_dir: str | os.PathLike[str] | None = None,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
        patience: float | None = 600.0,
        parallel: int | None = None,
    ) -> None:
        parts = urlsplit(url.strip())
        is_plain = not parts.query and not parts.fragment and given.is_sendable(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
            raise own("bad_url", url=url or "an empty text")
        if parallel is not None and parallel < 1:
            raise ValueError("parallel is the number of parts on the line at a time: 1 or more.")
        base = url.strip().rstrip("/")
        folder = default_state_dir() if state_dir is None else Path(state_dir)
        self._to_api, self._to_store = make_client(_CONNECTIONS), make_client(_CONNECTIONS)
        sent = given.headers(headers or {})
        known_by = given.token(os.environ.get(TOKEN, "") if token is None else token)
        if "authorization" in map(str.lower, sent):
            if token:
                raise ValueError(
                    "Authorization is given twice: by the token and by the headers. Leave one of them out."
                )
            known_by = ""
        sent |= {"Authorization": f"Bearer {known_by}"} if known_by else {}
        owner = TokenOwner() if known_by else Owner(folder, base)
        api = Api(base, sent, self._to_api, owner, Line(base, patience))
        self._site = Site(
            api=api,
            batches=Batches(api),
            store=Store(self._to_store),
            store_line=Line("The storage", patience),
            journal=Journal(folder),
            parallel=parallel,
            large=threading.Semaphore(_LARGE),
        )

    def connect(self) -> None:
        """Ask the server for the first time, which every other call does by itself. Raises SmartUploadError."""
        self._site.api.settings()

    def upload(
        self,
        path: str | os.PathLike[str],
        *,
        name: str | None = None,
        metadata: Mapping[str, str] | None = None,
        uploader: str = "",
        on_progress: OnProgress | None = None,
        wait: bool = True,
    ) -> Uploaded:
        """Put a file; goes on from the last confirmed part when an earlier call, of whatever process, did not come to its end.

        `name`: what it is called there, the file's own name when None. `metadata`: texts by name that stand in events and that
        hooks are given; `uploader`: which uploader it counts to. An upload that is gone on with keeps those it was begun with.
        `on_progress` is called some times a second, by
        any thread but never by two at once; what it raises ends the call. `wait`: until the file is ready; else it
        returns as soon as all of it is there and its checksum is right. Raises SmartUploadError, and TypeError or ValueError
        for a name, metadata or uploader that is no text; nothing is kept then.
        """
        said = given.said("" if name is None else name, metadata, uploader)
        source = Source(path)
        said = said if said.name else replace(said, name=source.name)
        return uploaded(Putting(self._site, source, said, on_progress).run(wait))

    def wait_ready(self, upload_id: str, *, timeout: float | None = None) -> Uploaded:
        """Wait until a file is ready, for so many seconds at most. Raises SmartUploadError, also when there will be no file."""
        upload = wait_until_ready(self._site.api, self._site.api.get(upload_id), timeout)
        if error := end_of(upload):
            raise error
        return uploaded(upload)

    def download(
        self, id_or_link: str, path: str | os.PathLike[str], *, on_progress: OnProgress | None = None
    ) -> Downloaded:
        """Fetch an upload of one's own by its id, or anybody's file by its link, to this path; into a folder under its own name.

        The file is there only once all of it has come and was verified. Raises SmartUploadError.
        """
        return fetch(self._site, id_or_link, path, on_progress)

    def close(self) -> None:
        """End all connections."""
        self._to_api.close()
        self._to_store.close()

    def __enter__(self) -> SmartUploadClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
