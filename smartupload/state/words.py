"""How states, kinds and times of an upload read."""

from pathlib import PurePath

from smartupload import words
from smartupload.service.files.direction import isolated
from smartupload.words import figures, say

#: state of an upload -> tone (good, busy, warn, bad, calm)
_TONES = {
    "uploading": "busy",
    "paused": "warn",
    "verifying": "busy",
    "scanning": "busy",
    "ready": "good",
    "blocked": "bad",
    "failed": "bad",
    "cancelled": "calm",
    "expired": "bad",
}


#: Kinds of previews that have a name of their own.
_FAMILIES = {"picture", "audio", "video", "text"}


def kind_text(name: str) -> str:
    """``MOV`` for an icon: the extension, or ``FILE``."""
    suffix = PurePath(name).suffix.lstrip(".").upper()
    return suffix if 0 < len(suffix) <= 4 and suffix.isalnum() else "FILE"


def state_text(state: str, percent: int) -> tuple[str, str]:
    """Words and tone of a state: ``("On its way, 61 %", "busy")``."""
    if state not in _TONES:
        return state, "calm"
    return say(f"state-{state}", percent=percent), _TONES[state]


def sent_text(name: str, title: str) -> str:
    """``Sent by Bert by “Your tax papers”``: who sent a file by which drop link, as far as that is known."""
    # A line of its own in a name would end what sets it apart.
    who, link = isolated(" ".join(name.split())), isolated(" ".join(title.split()))
    if link:
        return say("state-sent-by", name=who, link=link) if who else say("state-sent-by-somebody", link=link)
    return say("state-sent-by-old", name=who) if who else say("state-sent-by-somebody-old")


def time_text(low: float, high: float) -> str:
    """``4–6 min`` for a range of seconds, exactly as ``client/core/view/messages.js`` writes it, without its ``left``."""
    return figures.time_text(low, high, words.language())


def type_text(name: str, preview: str) -> str:
    """``Picture (PNG)``, ``PDF``, ``ZIP file`` or ``File``: what a file is, as a person says it."""
    kind = kind_text(name)
    if kind == "FILE":
        return say(f"state-type-{preview}") if preview in _FAMILIES else say("state-type-file")
    if preview == "pdf":
        return say("state-type-pdf")
    if preview in _FAMILIES:
        return say(f"state-type-{preview}-kind", kind=kind)
    return say("state-type-kind", kind=kind)
