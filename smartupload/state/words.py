"""How states, kinds and times of an upload read."""

import math
from pathlib import PurePath

from smartupload.service.files.direction import isolated

#: state of an upload -> words and tone (good, busy, warn, bad, calm)
_STATES = {
    "uploading": ("On its way", "busy"),
    "paused": ("Paused", "warn"),
    "verifying": ("Being checked", "busy"),
    "scanning": ("Being checked", "busy"),
    "ready": ("Ready", "good"),
    "blocked": ("Blocked", "bad"),
    "failed": ("Failed", "bad"),
    "cancelled": ("Cancelled", "calm"),
    "expired": ("Expired", "bad"),
}


def kind_text(name: str) -> str:
    """``MOV`` for an icon: the extension, or ``FILE``."""
    suffix = PurePath(name).suffix.lstrip(".").upper()
    return suffix if 0 < len(suffix) <= 4 and suffix.isalnum() else "FILE"


def state_text(state: str, percent: int) -> tuple[str, str]:
    """Words and tone of a state: ``("On its way, 61 %", "busy")``."""
    text, tone = _STATES.get(state, (state, "calm"))
    if state in {"uploading", "paused"}:
        text = f"{text}, {percent} %"
    return text, tone


def sent_text(name: str, title: str) -> str:
    """``Sent by Bert by “Your tax papers”``: who sent a file by which drop link, as far as that is known."""
    # A line of its own in a name would end what sets it apart.
    who = isolated(" ".join(name.split())) or "somebody"
    link = f"“{isolated(' '.join(title.split()))}”" if title else "a drop link that is no more"
    return f"Sent by {who} by {link}"


def time_text(low: float, high: float) -> str:
    """``4–6 min`` for a range of seconds, exactly as ``client/core/view/messages.js`` writes it, without its ``left``."""
    if high < 5:
        return "a few seconds"
    per, unit = (5, "s") if high < 90 else (60, "min") if high < 5400 else (3600, "h")
    step = 5 if unit == "s" else 1
    start = max(1, math.floor(low / per + 0.5)) * step
    end = max(1, math.ceil(high / per - 0.2)) * step
    return f"about {end} {unit}" if start >= end else f"{start}–{end} {unit}"


def type_text(name: str, preview: str) -> str:
    """``Picture (PNG)``, ``PDF``, ``ZIP file`` or ``File``: what a file is, as a person says it."""
    kind = kind_text(name)
    family = {"picture": "Picture", "audio": "Sound", "video": "Video", "text": "Text"}.get(preview, "")
    if kind == "FILE":
        return family or "File"
    if preview == "pdf":
        return "PDF"
    return f"{family} ({kind})" if family else f"{kind} file"
