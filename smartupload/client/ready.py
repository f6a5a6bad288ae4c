"""How a file is waited for that the server makes and checks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from smartupload.client.core.answers import Upload
from smartupload.client.core.errors import own
from smartupload.client.core.results import end_of
from smartupload.client.io.api import Api

_LOOKS = (0.1, 0.2, 0.5, 1.0, 2.0)
"""Seconds between two looks; the last one again and again."""


def wait_until_ready(
    api: Api, upload: Upload, timeout: float | None, looked: Callable[[], object] = lambda: None
) -> Upload:
    """The upload once it is ready, or over. Raises SmartUploadError `not_ready_in_time`."""
    until = None if timeout is None else time.monotonic() + timeout
    pause = threading.Event()
    look = 0
    while upload.state != "ready" and end_of(upload) is None:
        looked()
        seconds = _LOOKS[min(look, len(_LOOKS) - 1)]
        look += 1
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise own("not_ready_in_time", seconds=timeout)
            seconds = min(seconds, left)
        pause.wait(seconds)
        upload = api.get(upload.id)
    return upload
