"""What a page or a program may say of a file beside its name: few short texts by name, and which uploader of the page took it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from smartupload.service import inputs

MAX_MEMBERS = 20
MAX_TEXT = 1000
"""Characters of one text."""
MAX_BYTES = 4096
"""Of all of it as JSON, since it goes out with every event."""

NAME = r"^[A-Za-z0-9_.-]{1,64}$"
UPLOADER = r"^[A-Za-z0-9_-]{0,64}$"


def checked(metadata: Mapping[str, str]) -> Mapping[str, str]:
    """The same; raises ValueError when it is too much together."""
    if len(json.dumps(metadata, ensure_ascii=False, separators=(",", ":")).encode()) > MAX_BYTES:
        raise ValueError(f"all of it as JSON is larger than {MAX_BYTES} bytes")
    return metadata


def checked_text(text: str) -> str:
    """The same; raises ValueError when a database cannot keep it."""
    if not inputs.is_name(text):
        raise ValueError("it holds a NUL")
    return text
