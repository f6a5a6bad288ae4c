"""What a Retry-After header asks for (RFC 9110, section 10.2.3), a day at most."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 24 * 3600.0


def seconds_of(retry_after: str | None) -> float | None:
    """Seconds from now, whether it says seconds or a date. None when it makes no sense."""
    value = (retry_after or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), LONGEST)
