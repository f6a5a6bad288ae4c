"""Whose request this is by the cookie: the browser holds a secret, the database only knows its hash."""

from __future__ import annotations

import hashlib
import re
import secrets

from sqlmodel import select, text

from smartupload.models import WAS_SENT, Contact, PushSubscription, Upload, Watch
from smartupload.service.context import Context

COOKIE = "smartupload_owner"
HOST_COOKIE = f"__Host-{COOKIE}"
"""Its name where the site is reached by https: no other host of the domain can set one of that name."""
SECRET_LENGTH = 43
MAX_AGE = 400 * 24 * 3600
"""Seconds; browsers cap a cookie's life at 400 days."""

MAX_LENGTH = 64
"""Characters of an owner's id."""

_SECRET = re.compile(r"[A-Za-z0-9]{43}")
_VALUE = re.compile(r"[A-Za-z0-9]{43}([0-9a-f]{32})?")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def new_secret() -> str:
    """A fresh secret of 256 bits, letters and digits only."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(43))


def is_secret(text: str) -> bool:
    """Whether it has the form of one."""
    return _SECRET.fullmatch(text) is not None


def has_something(ctx: Context, owner: str) -> bool:
    """Whether anything here is this owner's: an upload, a file that is waited for, or a way to be told."""
    asked = (
        select(Upload.owner).where(Upload.owner == owner),
        select(Upload.owner).where(Upload.sender == owner, text(WAS_SENT)),
        select(Watch.owner).where(Watch.owner == owner),
        select(Contact.owner).where(Contact.owner == owner),
        select(PushSubscription.owner).where(PushSubscription.owner == owner),
    )
    with ctx.db.read() as session:
        return any(session.exec(one.limit(1)).first() is not None for one in asked)


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
    """The well-formed secret in a Cookie header, or an empty text. Whether this site gave it is found out before (api/cookie).

    Parsed by hand: http.cookies gives up on the whole header when one foreign cookie is malformed.
    """
    for pair in cookie_header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name in (COOKIE, HOST_COOKIE) and _VALUE.fullmatch(value):
            return value[:SECRET_LENGTH]
    return ""


def cookie_in(cookie_header: str, wanted: str) -> str:
    """The value of another cookie, empty where there is none."""
    for pair in cookie_header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == wanted:
            return value
    return ""


def owner_from_cookies(cookie_header: str) -> str:
    """The owner id of a Cookie header, or an empty text when there is none."""
    secret = secret_from_cookies(cookie_header)
    return owner_of(secret) if secret else ""


def tag_of(owner: str) -> str:
    """A short name for an owner (16 hex digits), good for nothing but telling whether two are the same."""
    return hashlib.sha256(b"smartupload tag " + owner.encode()).hexdigest()[:16]
