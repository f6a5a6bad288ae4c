"""Which addresses pushes may go to: push services on the list and nobody else, whatever a browser claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

MAX_LENGTH = 2048
"""Characters; the longest seen are around 700."""

# So narrow that no two parsers can disagree about where the host ends: no user info, no backslash, no fragment, no
# empty label, ASCII only. The part behind the host is the push service's own business.
_ENDPOINT = re.compile(
    r"(?P<scheme>https?)://(?P<place>(?P<host>(?:[a-z0-9_-]+\.)*[a-z0-9_-]+)(?::[0-9]{1,5})?)/[!\"$-\[\]-~]*",
    re.IGNORECASE | re.ASCII,
)
_LOOPBACK = ("localhost", "127.0.0.1")


def is_allowed(hosts: Sequence[str], endpoint: str) -> bool:
    """Whether this endpoint is at one of these hosts.

    `hosts` as in the setting PUSH_HOSTS: `host`, `*.host` for everything below it, each with `:port` when it is not
    the usual one. https only; http just for a loopback host that is listed by its name.
    """
    match = _ENDPOINT.fullmatch(endpoint) if len(endpoint) <= MAX_LENGTH else None
    if match is None:
        return False
    place = match["place"].lower()
    if match["scheme"].lower() == "http":
        return match["host"].lower() in _LOOPBACK and place in hosts
    return any(is_at(entry, place) for entry in hosts)


def rule(hosts: Sequence[str]) -> Callable[[str], bool]:
    """The same, for these hosts."""
    return lambda endpoint: is_allowed(hosts, endpoint)


def is_at(entry: str, place: str) -> bool:
    """Whether an entry of a list of hosts means this one."""
    if entry.startswith("*."):
        return place.endswith(entry[1:]) and len(place) > len(entry[1:])
    return place == entry
