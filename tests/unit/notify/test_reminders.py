"""Who is reminded of an upload that stands still: once after a day, once before its end, and never who is there."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from smartupload.models import PushSubscription
from smartupload.service.context import Context
from smartupload.service.notify import contact, mail, reminders
from smartupload.service.parts import confirm
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import recipients
from smartupload.service.uploads import pause
from tests.fixtures_store import MIB
from tests.unit.mailing import DAY, clock, gives_address, mailer, row_of, told, with_mailer
from tests.unit.person import Person

HOUR = 3600


@pytest.fixture
def ctx(make_context: Callable[..., Context]) -> Context:
    """One that mails to anna."""
    context = with_mailer(make_context())
    gives_address(context)
    return context


@pytest.fixture
def left(ctx: Context, person: Person) -> UploadView:
    """An upload of which two parts of three are here, and nobody any more."""
    upload = person.creates("big.mov", size=20 * MIB)
    person.sends(upload, person.cut(upload), only={1, 2})
    confirm.confirmed_parts(ctx, "anna", upload.id)
    return upload


def reminded(ctx: Context) -> int:
    return len(told(ctx, recipients.REMINDER))


def test_after_a_day_and_two_days_before_the_end(ctx: Context, left: UploadView) -> None:
    clock(ctx).move(DAY - 1)
    assert reminders.remind(ctx) == 0
    clock(ctx).move(1)
    assert reminders.remind(ctx) == 1
    for _ in range(15):
        clock(ctx).move(DAY / 4)
        assert reminders.remind(ctx) == 0, "once is enough"
    clock(ctx).move(DAY / 4)
    assert reminders.remind(ctx) == 1
    for _ in range(7):
        clock(ctx).move(DAY / 4)
        assert reminders.remind(ctx) == 0
    assert reminded(ctx) == 2


def test_it_says_how_much_is_here_and_until_when(ctx: Context, left: UploadView) -> None:
    clock(ctx).move(DAY)
    reminders.remind(ctx)
    mail.send(ctx, [event for _, event in told(ctx)], "anna")
    (found,) = mailer(ctx).mails
    assert found.subject == "80 % of big.mov is here, open to continue"
    assert "kept until 8 January 2026" in found.text
    assert "http://localhost:3000/\n" in found.text


def test_it_is_no_sign_of_life(ctx: Context, left: UploadView) -> None:
    before = row_of(ctx, left.id)
    clock(ctx).move(DAY)
    assert reminders.remind(ctx) == 1
    after = row_of(ctx, left.id)
    assert (after.updated_at, after.expires_at, after.reminded_at) == (
        before.updated_at, before.expires_at, ctx.clock.now(),
    )  # fmt: skip


def test_programs_are_not_reminded(ctx: Context, left: UploadView) -> None:
    clock(ctx).move(DAY)
    reminders.remind(ctx)
    with ctx.db.read() as session:
        ways = recipients.of(ctx, session, row_of(ctx, left.id), recipients.REMINDER)
    assert {way.channel for way in ways} == {recipients.MAIL}


def test_what_was_paused_is_mentioned_only_before_its_end(ctx: Context, left: UploadView) -> None:
    pause.pause_upload(ctx, "anna", left.id)
    clock(ctx).move(5 * DAY - 1)
    assert reminders.remind(ctx) == 0
    clock(ctx).move(1)
    assert reminders.remind(ctx) == 1
    mail.send(ctx, [event for _, event in told(ctx)], "anna")
    assert "press Resume" in mailer(ctx).mails[0].text


def test_whoever_came_back_and_left_again_is_reminded_again(ctx: Context, person: Person, left: UploadView) -> None:
    clock(ctx).move(DAY)
    assert reminders.remind(ctx) == 1
    clock(ctx).move(DAY)
    person.sends(left, person.cut(left), only={2})
    person.signs(left, person.claims(person.cut(left))[2:])
    clock(ctx).move(DAY - 1)
    assert reminders.remind(ctx) == 0
    clock(ctx).move(1)
    assert reminders.remind(ctx) == 1


def test_whoever_is_here_sees_it(ctx: Context, person: Person, left: UploadView) -> None:
    clock(ctx).move(2 * DAY)
    person.creates("another.mov")
    assert reminders.remind(ctx) == 0
    clock(ctx).move(HOUR)
    assert reminders.remind(ctx) == 1


@pytest.mark.parametrize("way", ["nothing", "mails off", "pushes off"])
def test_whoever_cannot_be_told_is_not_reminded_yet(make_context: Callable[..., Context], way: str) -> None:
    ctx = with_mailer(make_context())
    person = Person(ctx)
    upload = person.creates(size=20 * MIB)
    if way == "mails off":
        gives_address(ctx)
        contact.change(ctx, "anna", mails=False)
    elif way == "pushes off":
        with ctx.db.write() as session:
            session.add(
                PushSubscription(id="s", owner="anna", endpoint="e", p256dh="", auth="", created_at=ctx.clock.now())
            )
        contact.change(ctx, "anna", pushes=False)
    clock(ctx).move(2 * DAY)
    assert reminders.remind(ctx) == 0
    assert row_of(ctx, upload.id).reminded_at is None
    if way == "mails off":
        contact.change(ctx, "anna", mails=True)
    else:
        gives_address(ctx)
    assert reminders.remind(ctx) == 1


def test_what_is_ready_or_gone_needs_nobody(ctx: Context, person: Person) -> None:
    person.uploads()
    clock(ctx).move(6 * DAY)
    assert reminders.remind(ctx) == 0


def test_processes_that_look_at_once_remind_once(ctx: Context, left: UploadView) -> None:
    clock(ctx).move(DAY)
    done: list[int] = []
    start = threading.Barrier(4)

    def look() -> None:
        start.wait()
        done.append(reminders.remind(ctx))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 1
    assert reminded(ctx) == 1


def test_where_uploads_are_kept_briefly_it_is_said_once(make_context: Callable[..., Context]) -> None:
    ctx = with_mailer(make_context(abandon_after_days="2"))
    gives_address(ctx)
    Person(ctx).creates(size=20 * MIB)
    said = 0
    for _ in range(8):
        clock(ctx).move(DAY / 4)
        said += reminders.remind(ctx)
    assert said == 1


def test_not_all_at_once(ctx: Context, person: Person) -> None:
    for number in range(3):
        person.creates(f"{number}.mov", size=20 * MIB)
    clock(ctx).move(DAY)
    assert [reminders.remind(ctx, limit=2) for _ in range(3)] == [2, 1, 0]
