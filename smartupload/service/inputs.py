"""What comes in as a text, and what of it can be a name, a moment or bytes: anything else is refused here, before a database or a calendar fails over it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime


def is_name(text: str) -> bool:
    """Whether a database can look for it. PostgreSQL takes no NUL, and half a surrogate pair is no UTF-8."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is in UTC already. Raises ValueError before the year 1 and after 9999."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("in UTC, this moment is not between the years 1 and 9999") from error


def instant(text: str) -> datetime:
    """The moment that a text in ISO 8601 says, with its zone. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return utc(moment)


def decoded(text: str, altchars: bytes | None = None) -> bytes:
    """The bytes that a base64 text stands for. Raises ValueError, also for letters that are no ASCII."""
    return base64.b64decode(text, altchars=altchars, validate=True)
