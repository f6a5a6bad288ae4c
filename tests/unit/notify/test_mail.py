"""Who gets which mail: what is still true, to whoever still wants to know, with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import select

from smartupload.errors import NotScannable, ScannerUnavailable, TryAgain, Undeliverable
from smartupload.models import Event, Upload, Watch
from smartupload.ports import Mail
from smartupload.service.context import Context
from smartupload.service.housekeeping import expire
from smartupload.service.notify import contact, mail
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import recipients
from smartupload.service.uploads import cancel
from tests.fixtures_store import MIB
from tests.unit.mailing import ADDRESS, DAY, clock, confirms, gives_address, link_in, mailer, row_of, told, with_mailer
from tests.unit.person import Person


@pytest.fixture
def ctx(make_context: Callable[..., Context]) -> Context:
    """One that mails, from a site with a name."""
    return with_mailer(make_context(public_url="https://up.example.org", admin_emails="ops@example.org"))


@pytest.fixture
def person(ctx: Context) -> Person:
    """Somebody whose uploads take long enough to be told."""
    return Person(ctx)


def slowly(person: Person, name: str = "big.mov", size: int = 1000) -> UploadView:
    """An upload of a minute, all of it."""
    upload = person.creates(name, size)
    clock(person.ctx).move(60)
    person.sends(upload, person.cut(upload))
    return person.completes(upload)


def sends(ctx: Context, target: str = "anna") -> list[Mail]:
    """Everything that waits for this target, as one mail; what was mailed by it."""
    before = len(mailer(ctx).mails)
    mail.send(ctx, [event for delivery, event in told(ctx) if delivery.target == target], target)
    return mailer(ctx).mails[before:]


def events(ctx: Context, kind: str) -> list[Event]:
    with ctx.db.read() as session:
        return list(session.exec(select(Event).where(Event.kind == kind).order_by(Event.id)))  # pyright: ignore[reportArgumentType]


def test_a_ready_file(ctx: Context, person: Person) -> None:
    gives_address(ctx)
    upload = slowly(person)
    (found,) = sends(ctx)
    assert (found.to, found.subject) == (ADDRESS, "big.mov is ready")
    assert upload.share_url in found.text
    assert "not scanned" in found.text


def test_several_are_one_mail_in_their_order(ctx: Context, person: Person) -> None:
    gives_address(ctx)
    uploads = [slowly(person, name) for name in ("b.mov", "a.mov")]
    (found,) = sends(ctx)
    assert found.subject == "2 files are ready"
    assert found.text.index(uploads[0].share_url) < found.text.index(uploads[1].share_url)


def test_one_click_stops_them(ctx: Context, person: Person) -> None:
    gives_address(ctx)
    slowly(person)
    (found,) = sends(ctx)
    assert found.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    header = found.headers["List-Unsubscribe"]
    link = link_in(found, "/notifications")
    assert header == f"<https://up.example.org/api/notifications/stop?c={link['c']}&s={link['s']}>"
    contact.stop(ctx, link["c"], link["s"])
    assert sends(ctx) == [], "what was on its way already is not sent either"


def test_the_same_mail_sent_again_has_the_same_id(ctx: Context, person: Person) -> None:
    gives_address(ctx)
    slowly(person, "a.mov")
    first, again = (*sends(ctx), *sends(ctx))
    slowly(person, "b.mov")
    (other,) = sends(ctx)
    assert first.headers["Message-ID"] == again.headers["Message-ID"] != other.headers["Message-ID"]
    assert first.headers["Message-ID"].endswith("@up.example.org>")


def test_before_the_address_is_confirmed_it_waits(ctx: Context, person: Person) -> None:
    contact.change(ctx, "anna", ADDRESS)
    (question,) = mailer(ctx).mails
    slowly(person)
    with pytest.raises(TryAgain) as waits:
        sends(ctx)
    assert waits.value.after is not None
    assert waits.value.after >= 3600
    confirms(ctx, question)
    assert [found.to for found in sends(ctx)] == [ADDRESS]


@pytest.mark.parametrize("meanwhile", ["switched off", "removed", "never confirmed"])
def test_whoever_no_longer_wants_them_gets_none(ctx: Context, person: Person, meanwhile: str) -> None:
    if meanwhile == "never confirmed":
        contact.change(ctx, "anna", ADDRESS)
        mailer(ctx).mails.clear()
    else:
        gives_address(ctx)
    slowly(person)
    if meanwhile == "switched off":
        contact.change(ctx, "anna", mails=False)
    elif meanwhile == "removed":
        contact.change(ctx, "anna", "")
    else:
        clock(ctx).move(3 * DAY + 1)
    assert sends(ctx) == []


def test_a_file_that_was_deleted_meanwhile_is_not_told(ctx: Context, person: Person) -> None:
    gives_address(ctx)
    gone, kept = slowly(person, "gone.mov"), slowly(person, "kept.mov")
    cancel.cancel_upload(ctx, "anna", gone.id)
    (found,) = sends(ctx)
    assert found.subject == "kept.mov is ready"
    cancel.cancel_upload(ctx, "anna", kept.id)
    assert sends(ctx) == []


def test_a_watcher_is_told_in_other_words(ctx: Context, person: Person) -> None:
    gives_address(ctx, "ben", "ben@example.org")
    upload = person.creates("big.mov")
    with ctx.db.write() as session:
        session.add(Watch(upload_id=upload.id, owner="ben", created_at=ctx.clock.now()))
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    (found,) = sends(ctx, "ben")
    assert (found.to, found.subject) == ("ben@example.org", "The file you waited for is here: big.mov")
    assert told(ctx) == [pair for pair in told(ctx) if pair[0].target == "ben"], "its owner did not have to wait"


@pytest.mark.parametrize("meanwhile", ["does not wait any more", "link revoked", "link used up", "link over"])
def test_a_watcher_who_may_not_see_it_any_more(ctx: Context, person: Person, meanwhile: str) -> None:
    gives_address(ctx, "ben", "ben@example.org")
    upload = person.creates("big.mov")
    with ctx.db.write() as session:
        session.add(Watch(upload_id=upload.id, owner="ben", created_at=ctx.clock.now()))
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    with ctx.db.write() as session:
        row, watch = session.get(Upload, upload.id), session.get(Watch, (upload.id, "ben"))
        assert row is not None
        if meanwhile == "does not wait any more":
            session.delete(watch)
        row.link_revoked = meanwhile == "link revoked"
        row.link_downloads_left = 0 if meanwhile == "link used up" else None
        row.link_until = ctx.clock.now() if meanwhile == "link over" else None
        session.add(row)
    assert sends(ctx, "ben") == []


class Finds:
    """Scanner that finds something, or cannot scan."""

    def __init__(self, found: str | Exception) -> None:
        self.found = found

    def scan(self, chunks: object) -> str | None:
        """See ports.Scanner."""
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def ping(self) -> None:
        """See ports.Scanner."""
        raise ScannerUnavailable("not asked")


@pytest.mark.parametrize("found", ["Eicar-Signature", NotScannable("too large")])
def test_a_blocked_file_is_told_to_its_owner_and_to_administrators(
    make_context: Callable[..., Context], found: str | Exception
) -> None:
    base = make_context(scan="required", clamd_url="tcp://localhost:1", admin_emails="ops@example.org")
    ctx = with_mailer(replace(base, scanner=Finds(found)))
    gives_address(ctx)
    person = Person(ctx)
    upload = person.creates("setup.zip")
    person.sends(upload, person.cut(upload))
    assert person.completes(upload).state == "blocked"
    (to_owner,) = sends(ctx)
    (to_admin,) = sends(ctx, recipients.ADMIN + "ops@example.org")
    assert (to_owner.to, to_owner.subject) == (ADDRESS, "setup.zip was blocked")
    assert (to_admin.to, to_admin.subject) == ("ops@example.org", "Blocked: setup.zip")
    reason = row_of(ctx, upload.id).error_detail or ""
    for mailed in (to_owner, to_admin):
        assert reason
        assert reason in mailed.text
    assert upload.id in to_admin.text
    assert "List-Unsubscribe" not in to_admin.headers


def test_an_expired_upload(ctx: Context, person: Person) -> None:
    gives_address(ctx)
    upload = person.creates("big.mov", size=20 * MIB)
    person.sends(upload, person.cut(upload), only={1})
    clock(ctx).move(8 * DAY)
    assert expire.expire(ctx) == 1
    (found,) = sends(ctx)
    assert found.subject == "big.mov did not arrive in time"
    assert "https://up.example.org/\n" in found.text, "to send it again"


def test_what_the_mailer_raises_is_for_the_caller(ctx: Context, person: Person) -> None:
    gives_address(ctx)
    slowly(person)
    for fault in (TryAgain("busy", 30), Undeliverable("no such user")):
        mailer(ctx).fault = fault
        with pytest.raises(type(fault)):
            sends(ctx)


def test_without_a_mailer(make_context: Callable[..., Context]) -> None:
    with pytest.raises(Undeliverable):
        mail.send(make_context(), [], "anna")


def test_only_what_people_are_told_is_told(ctx: Context, person: Person) -> None:
    gives_address(ctx)
    slowly(person)
    ready = events(ctx, recipients.READY)
    before = len(mailer(ctx).mails)
    mail.send(ctx, [*events(ctx, "upload.created"), *ready], "anna")
    assert [found.subject for found in mailer(ctx).mails[before:]] == ["big.mov is ready"]
