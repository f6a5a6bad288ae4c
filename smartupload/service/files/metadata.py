"""What a page or a program may say of a file beside its name: few short texts by name, and which uploader of the page took it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from smartupload.service import inputs

MAX_MEMBERS = 20
MAX_TEXT = 1000
"""Characters of one text."""
MAX_BYTES = 4096
"""Of all of it as JSON, since it goes out with every event."""

NAME = r"^[A-Za-z0-9_.-]{1,64}$"
UPLOADER = r"^[A-Za-z0-9_-]{0,64}$"
NAME_IS = "1 to 64 letters, digits, _, . and -"
UPLOADER_IS = "up to 64 letters, digits, _ and -"
_SHORTEN = "Shorten it, then choose the file again"
_ITS_MAKER = "Tell whoever makes this page"


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


def refusal(at: Sequence[object], kind: str) -> str | None:
    """What a person reads whose file is not taken for what is said of it; None where something else is wrong.

    `at`: the member of the new upload, step by step. `kind`: what is wrong with it, as pydantic names it.
    """
    if at[:1] == ("uploader",):
        return f"The place where this file was dropped has a name that cannot be kept. {_ITS_MAKER}: {UPLOADER_IS}."
    if at[:1] != ("metadata",):
        return None
    if len(at) == 1:
        return {
            "too_long": f"More than {MAX_MEMBERS} texts go along with this file. {_ITS_MAKER}.",
            "value_error": f"What goes along with this file is larger than {MAX_BYTES:,} bytes all together. {_SHORTEN}.",
        }.get(kind, f"What goes along with this file are no texts by name. {_ITS_MAKER}.")
    name = "".join(char for char in str(at[1]) if char.isprintable())[:64]
    if at[2:] == ("[key]",):
        return f"“{name}” is no name for a text that goes along with a file. {_ITS_MAKER}: {NAME_IS}."
    return {
        "string_too_long": f"“{name}”, which goes along with this file, is longer than {MAX_TEXT:,} characters. {_SHORTEN}.",
        "value_error": f"“{name}”, which goes along with this file, holds a character that cannot be kept. Write it anew, then choose the file again.",
    }.get(kind, f"“{name}”, which goes along with this file, is no text. {_ITS_MAKER}.")
