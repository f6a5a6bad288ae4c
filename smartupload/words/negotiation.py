"""Which language somebody is spoken to: the one that they picked in the page, else the first that their browser asks for and we have."""

from __future__ import annotations

import functools
from collections.abc import Collection

from .catalogue import ENGLISH, catalogues

COOKIE = "smartupload_language"
_MOST = 30
"""Languages of one header; browsers send a handful."""


def asked_for(cookies: str = "", accept: str = "") -> str:
    """By the request's Cookie and Accept-Language headers, empty where there are none."""
    picked = _picked(cookies)
    return picked if picked in catalogues().languages else negotiated(accept)


def asked_by(headers: Collection[tuple[bytes, bytes]]) -> str:
    """The same by all headers of a request or of a websocket's handshake, as ASGI has them."""

    def said(wanted: bytes) -> list[str]:
        return [value.decode("latin-1") for name, value in headers if name == wanted]

    return asked_for("; ".join(said(b"cookie")), ", ".join(said(b"accept-language")))


def negotiated(accept: str) -> str:
    """The best of ours for an Accept-Language header (RFC 9110, section 12.5.4), looked up as RFC 4647 says (section 3.4)."""
    best = _kept if len(accept) <= _USUAL else _best
    return best(accept, catalogues().languages)


def _best(accept: str, ours: tuple[str, ...]) -> str:
    wanted = _wanted(accept)
    if not wanted:
        return ENGLISH
    from babel import negotiate_locale

    for tag in wanted:
        if tag == "*":
            return ENGLISH
        # Shorter and shorter: zh-Hant-TW, zh-Hant, zh.
        steps = tag.split("-")
        shorter = ["-".join(steps[:length]) for length in range(len(steps), 0, -1)]
        if found := negotiate_locale(shorter, ours, sep="-"):
            return next(one for one in ours if one.lower() == found.lower())
    return ENGLISH


_kept = functools.lru_cache(256)(_best)
"""It is asked for each request, and browsers say few things here."""
_USUAL = 200
"""Characters of a header; whoever says more, to whatever end, has nothing kept for it."""


def _wanted(accept: str) -> list[str]:
    """Language ranges, the best first; what is wanted with 0 is not wanted at all."""
    found: list[tuple[float, str]] = []
    for item in accept.split(",")[:_MOST]:
        tag, _, rest = item.partition(";")
        weight = _weight(rest)
        if tag.strip() and weight > 0:
            found.append((weight, tag.strip()))
    # A sort that keeps the order of what weighs the same.
    return [tag for _, tag in sorted(found, key=lambda one: -one[0])]


def _weight(rest: str) -> float:
    name, _, value = rest.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


def _picked(cookies: str) -> str:
    for pair in cookies.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE:
            return value.strip().strip('"')
    return ""
