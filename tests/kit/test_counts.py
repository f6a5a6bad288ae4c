"""What counts as sent by Chromium itself a second time: a form that begins while the same one is on its way."""

from __future__ import annotations

from smartupload_testing.line.counts import Counts
from smartupload_testing.line.part import Put


def form(part: int, started: float, ended: float | None, *, dropped: bool = False) -> Put:
    return Put("u1", part, 100, started, received=100, ended=ended, dropped=dropped)


def test_a_form_that_begins_beside_itself_is_repeated() -> None:
    counts = Counts()
    counts.posts += [form(1, 10, 20), form(2, 12, None), form(1, 19, 30), form(2, 19, 30)]
    assert counts.repeated == 200


def test_one_that_was_answered_or_dropped_before_is_not() -> None:
    counts = Counts()
    counts.posts += [form(1, 10, 20), form(1, 20, 30), form(2, 10, None, dropped=True), form(2, 15, 30)]
    assert counts.repeated == 0
