from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from smartupload.adapters.retry_after import LONGEST, seconds_of


def test_ways_to_say_when() -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    assert 3500 < (seconds_of(format_datetime(later, usegmt=True)) or 0) <= 3600
    assert seconds_of(format_datetime(later - timedelta(hours=2), usegmt=True)) == 0
    assert [seconds_of(given) for given in (None, "", "soon", "-5", "1e3", "Mon, 99 Foo 2026")] == [None] * 6
    assert seconds_of("99999999999") == LONGEST
