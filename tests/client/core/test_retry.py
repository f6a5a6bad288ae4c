"""When it is tried again: the gate beside a clock that the test turns."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smartupload.client.core.errors import Away
from smartupload.client.core.retry import Gate, backoff, retry_after

NOW = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)
AWAY = Away("store_away", "gone")


def test_the_wait_grows_up_to_a_cap_and_further_once_the_gap_is_long() -> None:
    assert [backoff(attempt, lambda: 1.0) for attempt in (1, 2, 3, 4, 30, 31, 500)] == [0.8, 1.6, 3.2, 4, 4, 30, 30]
    assert backoff(9, lambda: 0.25) == 1.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("3600", 60),
        ("9" * 400, 60),
        ("Fri, 01 May 2026 10:00:20 GMT", 20),
        ("Fri, 01 May 2026 12:00:00 GMT", 60),
        ("Fri, 01 May 2026 09:00:00 GMT", 0),
        ("soon", 0),
        ("-5", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_what_a_retry_after_asks_for_is_bounded(text: str | None, seconds: float) -> None:
    assert retry_after(text, NOW) == seconds


def test_a_gate_that_closed_lets_one_through_at_a_time() -> None:
    gate = Gate(lambda: 0.5)
    assert gate.allows(0, busy=9)
    gate.fail(10, AWAY)
    assert gate.open_at == 10.4
    assert not gate.allows(10.3, busy=0)
    assert gate.allows(10.4, busy=0)
    assert not gate.allows(10.4, busy=1)
    gate.ok()
    assert gate.allows(10.4, busy=9)


def test_one_wave_of_failures_is_one() -> None:
    gate = Gate(lambda: 0.5)
    for now in (10, 10.1, 10.2):
        gate.fail(now, AWAY)
    assert gate.open_at == 10.4
    gate.fail(10.5, AWAY)
    assert gate.open_at == pytest.approx(11.3)


def test_it_waits_as_long_as_it_was_asked_to() -> None:
    gate = Gate(lambda: 0.5)
    gate.fail(10, Away("server_away", "busy", retry_after=20))
    assert gate.open_at == 30


def test_how_long_it_is_closed_counts_from_the_first_failure() -> None:
    gate = Gate(lambda: 0.5)
    assert gate.closed_for(5) == 0
    gate.fail(10, AWAY)
    gate.fail(20, AWAY)
    assert gate.closed_for(25) == 15
    gate.ok()
    assert gate.closed_for(26) == 0
