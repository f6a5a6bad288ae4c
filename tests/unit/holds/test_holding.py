"""Holds in the database: made and renewed, let go for good, ended only while both lanes wait."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from smartupload.adapters.memory import ManualClock
from smartupload.errors import UploadNotFound
from smartupload.service.context import Context
from smartupload.service.holds import decisions, holding, streams
from smartupload.service.holds.decisions import Told
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import adopt, cancel, pause
from tests.unit.holds.conftest import Lane, row_of
from tests.unit.person import Person


def test_only_ones_own_uploads_are_held(ctx: Context, upload: UploadView) -> None:
    other = Person(ctx, "ben").creates()
    for owner, uploads in (("anna", [upload.id, other.id]), ("ben", [upload.id]), ("anna", ["0" * 24]), ("", [])):
        with pytest.raises(UploadNotFound):
            holding.hold(ctx, owner, "r", uploads, "s")
    assert row_of(ctx) is None


def test_what_lives_is_not_let_go_and_what_is_gone_is(
    ctx: Context, held: UploadView, clock: ManualClock, a: Lane, b: Lane
) -> None:
    assert (a.arrives(), b.arrives()) == (Told.WAIT, Told.WAIT)
    for _ in range(5):
        clock.move(30)
        streams.lives(ctx, [("anna", "s"), ("ben", "x")])
        assert a.hears() is Told.WAIT
    streams.ended(ctx, "anna", "s")
    clock.move(2)
    streams.lives(ctx, [("anna", "s")])
    clock.move(2)
    assert a.hears() is Told.WAIT, "it came back"
    streams.ended(ctx, "ben", "s")
    streams.ended(ctx, "anna", "another")
    clock.move(4)
    assert a.hears() is Told.WAIT, "that was another one's"
    streams.ended(ctx, "anna", "s")
    clock.move(4)
    assert a.hears() is Told.GO
    streams.lives(ctx, [("anna", "s")])
    assert b.hears() is Told.GO, "both, whoever comes back"
    assert not holding.hold(ctx, "anna", "r", [held.id], "s2")
    row = row_of(ctx)
    assert row is not None
    assert (row.stream, row.past_a, row.past_b) == ("s", 0, 0)


def test_renewed_it_waits_for_the_new_stream(ctx: Context, held: UploadView, clock: ManualClock, a: Lane) -> None:
    a.arrives()
    streams.ended(ctx, "anna", "s")
    assert holding.hold(ctx, "anna", "r", [held.id], "s2")
    clock.move(4)
    assert a.hears() is Told.WAIT
    streams.ended(ctx, "anna", "s")
    clock.move(4)
    assert a.hears() is Told.WAIT
    streams.ended(ctx, "anna", "s2")
    clock.move(4)
    assert a.hears() is Told.GO


def test_whoever_was_not_seen_is_gone(held: UploadView, clock: ManualClock, a: Lane) -> None:
    a.arrives()
    clock.move(44)
    assert a.hears() is Told.WAIT
    clock.move(2)
    assert a.hears() is Told.GO


def test_another_owner_finds_nothing(ctx: Context, held: UploadView, a: Lane) -> None:
    assert Lane(ctx, "a", "ben").arrives() is Told.GO
    theirs = Person(ctx, "ben").creates()
    assert holding.hold(ctx, "ben", "r", [theirs.id], "s"), "and may call theirs the same"
    assert a.arrives() is Told.WAIT


def test_one_that_passed_without_being_told_is_let_go(ctx: Context, held: UploadView, a: Lane) -> None:
    """An answer that could not be given lets a browser go, too."""
    a.arrives(1)
    assert not holding.hold(ctx, "anna", "r", [held.id], "s")


def test_dropped_while_both_wait_and_then_by_both(
    ctx: Context, held: UploadView, clock: ManualClock, a: Lane, b: Lane
) -> None:
    a.arrives()
    cancel.cancel_upload(ctx, "anna", held.id)
    assert a.hears() is Told.WAIT
    clock.move(6)
    assert a.hears() is Told.WAIT
    assert b.arrives() is Told.WAIT
    assert a.hears() is Told.END
    assert b.hears() is Told.END
    assert a.arrives() is Told.END, "the connection was cut before it had heard"


def test_not_dropped_while_the_other_sends(
    ctx: Context, held: UploadView, clock: ManualClock, a: Lane, b: Lane
) -> None:
    """The browser would end with what it sends."""
    clock.move(60)
    a.arrives()
    clock.move(4)
    assert a.hears() is Told.GO
    cancel.cancel_upload(ctx, "anna", held.id)
    assert b.arrives() is Told.WAIT
    clock.move(6)
    assert b.hears() is Told.WAIT
    a.arrives(1)
    assert b.hears() is Told.END, "it has sent, and waits again"
    assert a.hears() is Told.END


def test_not_dropped_while_the_other_has_gone(
    ctx: Context, held: UploadView, clock: ManualClock, a: Lane, b: Lane
) -> None:
    a.arrives()
    holding.leave(ctx, a.asked)
    cancel.cancel_upload(ctx, "anna", held.id)
    b.arrives()
    clock.move(6)
    assert b.hears() is Told.WAIT
    a.arrives()
    assert b.hears() is Told.END


def test_paused_it_waits_also_when_it_was_let_go(
    ctx: Context, held: UploadView, clock: ManualClock, a: Lane, b: Lane
) -> None:
    a.arrives()
    clock.move(60)
    assert a.hears() is Told.GO
    pause.pause_upload(ctx, "anna", held.id)
    assert (a.arrives(1), b.arrives()) == (Told.WAIT, Told.WAIT)
    clock.move(3600)
    assert (a.hears(), b.hears()) == (Told.WAIT, Told.WAIT)
    pause.resume_upload(ctx, "anna", held.id)
    assert (a.hears(), b.hears()) == (Told.GO, Told.GO)


def test_lanes_that_ask_at_the_same_moment_hear_the_same(
    ctx: Context, held: UploadView, monkeypatch: pytest.MonkeyPatch, a: Lane, b: Lane
) -> None:
    """One that goes while the other drops the rest ends the browser: in each round the upload is over somewhere between."""
    monkeypatch.setattr(decisions, "TIDIES", timedelta())
    for level in range(1, 9):
        told: dict[str, Told] = {}

        def arrive(lane: Lane, level: int = level, told: dict[str, Told] = told) -> None:
            told[lane.lane] = lane.arrives(level)

        threads = [threading.Thread(target=arrive, args=(lane,)) for lane in (a, b)]
        for thread in threads:
            thread.start()
        if level == 4:
            cancel.cancel_upload(ctx, "anna", held.id)
        for thread in threads:
            thread.join()
        assert set(told.values()) != {Told.GO, Told.END}
        if Told.END in told.values():
            assert (a.hears(), b.hears()) == (Told.END, Told.END)
            return
    pytest.fail("it was never dropped")


def test_all_that_wait_are_looked_at_together(ctx: Context, held: UploadView, a: Lane) -> None:
    a.arrives()
    seen = holding.look(ctx, [("anna", "r"), ("ben", "r"), ("anna", "x")])
    assert list(seen.holds) == [("anna", "r")]
    assert seen.states == {held.id: "uploading"}
    assert seen.told(a.asked, ctx.clock.now()) is Told.WAIT
    assert seen.told(Lane(ctx, "a", "ben").asks(), ctx.clock.now()) is Told.GO


def test_what_was_taken_along_from_a_lost_cookie_was_let_go(ctx: Context, clock: ManualClock) -> None:
    """The browser asked by its new cookie, and nothing was held for that one."""
    upload = Person(ctx).creates(key="only this browser knows it")
    holding.hold(ctx, "anna", "r", [upload.id], "s")
    clock.move(1)
    adopt.adopt_upload(ctx, "anna again", upload.id, "only this browser knows it")
    assert not holding.hold(ctx, "anna again", "r", [upload.id], "s2")
    assert holding.hold(ctx, "anna again", "r2", [upload.id], "s2")


def test_two_that_make_one_make_one(ctx: Context, upload: UploadView) -> None:
    answers: list[bool] = []
    threads = [
        threading.Thread(target=lambda: answers.append(holding.hold(ctx, "anna", "r", [upload.id], "s")))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 6


def test_more_than_fit_into_one_question(ctx: Context, monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    monkeypatch.setattr(holding, "_NAMES", 2)
    monkeypatch.setattr(holding, "_IDS", 2)
    monkeypatch.setattr(streams, "_AT_ONCE", 2)
    uploads = [person.creates(f"{number}") for number in range(5)]
    for number, upload in enumerate(uploads):
        assert holding.hold(ctx, "anna", f"r{number}", [upload.id], f"s{number}")
    before = ctx.clock.now()
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(10)
    streams.lives(ctx, [("anna", f"s{number}") for number in range(5)])
    seen = holding.look(ctx, [("anna", f"r{number}") for number in range(5)])
    assert set(seen.states) == {upload.id for upload in uploads}
    assert {row.seen_at for row in seen.holds.values()} == {before + timedelta(seconds=10)}
