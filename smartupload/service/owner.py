"""Whose request this is by the cookie: the browser holds a secret, the database only knows its hash."""

from __future__ import annotations

import hashlib
import re
import secrets

COOKIE = "smartupload_owner"
MAX_AGE = 400 * 24 * 3600
"""Seconds; browsers cap a cookie's life at 400 days."""

MAX_LENGTH = 64
"""Characters of an owner's id."""

_SECRET = re.compile(r"[A-Za-z0-9]{43}")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def new_secret() -> str:
    """A fresh secret of 256 bits, letters and digits only."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(43))


def owner_of(secret: str) -> str:
    """The owner id (32 hex digits) that belongs to a secret."""
    return hashlib.sha256(b"smartupload owner " + secret.encode()).hexdigest()[:32]


_PERSON = "person-"


def owner_of_person(issuer: str, subject: str) -> str:
    """The owner id of somebody who signs in: the same in every browser, and no cookie's."""
    return _PERSON + hashlib.sha256(f"smartupload person {issuer}\n{subject}".encode()).hexdigest()[:32]


def is_person(owner: str) -> bool:
    """Whether this owner signs in, and is not whoever holds a cookie."""
    return owner.startswith(_PERSON)


def secret_from_cookies(cookie_header: str) -> str:
    """The well-formed secret in a Cookie header, or an empty text.

    Parsed by hand: http.cookies gives up on the whole header when one foreign cookie is malformed.
    """
    for pair in cookie_header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE and is_secret(value):
            return value
    return ""


def cookie_in(cookie_header: str, wanted: str) -> str:
    """The value of another cookie, empty where there is none."""
    for pair in cookie_header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == wanted:
            return value
    return ""


def is_secret(value: str) -> bool:
    """Whether it is one of ours by its looks."""
    return _SECRET.fullmatch(value) is not None


def owner_from_cookies(cookie_header: str) -> str:
    """The owner id of a Cookie header, or an empty text when there is none."""
    secret = secret_from_cookies(cookie_header)
    return owner_of(secret) if secret else ""


def tag_of(owner: str) -> str:
    """A short name for an owner (16 hex digits), good for nothing but telling whether two are the same."""
    return hashlib.sha256(b"smartupload tag " + owner.encode()).hexdigest()[:16]
