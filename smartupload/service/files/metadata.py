"""What a page or a program may say of a file beside its name: few short texts by name, and which uploader of the page took it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from smartupload.service import inputs
from smartupload.words import Sentence

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
        raise ValueError("it holds a NUL or half a character")
    return text


def refusal(at: Sequence[object], kind: str) -> Sentence | None:
    """What a person reads whose file is not taken for what is said of it; None where something else is wrong.

    `at`: the member of the new upload, step by step. `kind`: what is wrong with it, as pydantic names it.
    """
    if at[:1] == ("uploader",):
        return Sentence("problem-invalid_request-uploader")
    if at[:1] != ("metadata",):
        return None
    if len(at) == 1:
        if kind == "too_long":
            return Sentence("problem-invalid_request-metadata-many", most=MAX_MEMBERS)
        if kind == "value_error":
            return Sentence("problem-invalid_request-metadata-large", most=MAX_BYTES)
        return Sentence("problem-invalid_request-metadata")
    name = "".join(char for char in str(at[1]) if char.isprintable())[:64]
    if at[2:] == ("[key]",):
        return Sentence("problem-invalid_request-metadata-name", name=name)
    if kind == "string_too_long":
        return Sentence("problem-invalid_request-metadata-long", name=name, most=MAX_TEXT)
    if kind == "value_error":
        return Sentence("problem-invalid_request-metadata-character", name=name)
    return Sentence("problem-invalid_request-metadata-text", name=name)
