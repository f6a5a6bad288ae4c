"""What a sending browser says: how long it counts, and that it never goes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from smartupload.service.said import STALE, Said, Sayings

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def said(sent: int, epoch: int = 1, low: float = 60.0, high: float = 90.0, at: datetime = NOW) -> Said:
    return Said(epoch, sent, low, high, at)


def test_it_runs_down_by_its_age_and_is_forgotten_when_it_is_old() -> None:
    word = said(10)
    assert word.left(NOW) == (60, 90)
    assert word.left(NOW + timedelta(seconds=20)) == (40, 70)
    assert word.left(NOW + STALE + timedelta(seconds=1)) is None
    assert said(10, low=0, high=0).left(NOW) is None
    assert said(10, low=5, high=8).left(NOW + timedelta(seconds=9)) is None, "overdue is not known"


def test_bytes_do_not_fall_within_an_epoch() -> None:
    sayings = Sayings()
    sayings.note("a", said(50))
    sayings.note("a", said(40, low=1, high=2))
    assert sayings.of("a", 1) == said(50, low=1, high=2)
    assert sayings.of("a", 2) is None
    assert sayings.of("b", 1) is None
    sayings.note("a", said(5, epoch=2))
    assert sayings.of("a", 2) == said(5, epoch=2)
    assert sayings.of("a", 1) is None


def test_of_very_many_the_oldest_are_forgotten() -> None:
    sayings = Sayings()
    for number in range(10_001):
        sayings.note(str(number), said(number))
    assert sayings.of("0", 1) is None
    assert sayings.of("10000", 1) is not None
