"""What a mail address may look like: nearly anything that a server could take, and nothing that could forge a header."""

from __future__ import annotations

import re
import unicodedata

from smartupload.errors import BadAddress

_LONGEST = 254
"""Bytes of an address in an SMTP command (RFC 5321 with erratum 1690)."""
_LONGEST_NAME = 64
_SPECIAL = frozenset('<>()[],;:\\"@')
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")


def clean(raw: str) -> str:
    """The address in composed Unicode (NFC), its domain in lower case. Raises BadAddress.

    Whether somebody reads it shows only when its confirmation is clicked.
    """
    text = unicodedata.normalize("NFC", raw.strip())
    name, _, domain = text.rpartition("@")
    domain = domain.lower()
    address = f"{name}@{domain}"
    if not name or len(name.encode()) > _LONGEST_NAME or len(address.encode()) > _LONGEST:
        raise BadAddress
    # Mail programs read an encoded word (RFC 2047) as what it stands for: as somebody else's name.
    if "=?" in name or any(char in _SPECIAL or unicodedata.category(char)[0] in "CZ" for char in name):
        raise BadAddress
    if not _is_domain(domain):
        raise BadAddress
    return address


def canonical(address: str) -> str:
    """One form for all ways to write an address that most likely reach the same person: only for counting, never for sending."""
    name, _, domain = address.rpartition("@")
    name = unicodedata.normalize("NFKC", name).casefold()
    # What follows a plus is the reader's own mark; the largest mail service looks past dots.
    plain = name.partition("+")[0].replace(".", "")
    return f"{plain or name}@{domain.encode('idna').decode('ascii').lower().rstrip('.')}"


def _is_domain(domain: str) -> bool:
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    if not _HOST.fullmatch(ascii_domain):
        return False
    # Some letters would be written as others (ß as ss), and the mail would go to somebody else.
    return domain.isascii() or ascii_domain.encode("ascii").decode("idna") == domain
