"""What is written down when something happens to an upload, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from smartupload.adapters.memory import ManualClock, MemoryStore
from smartupload.errors import InvalidRequest, PartsMissing
from smartupload.models import (
    UPLOADING,
    Contact,
    Delivery,
    Event,
    PushSubscription,
    Upload,
    Watch,
)
from smartupload.service.context import Context
from smartupload.service.finishing import finish
from smartupload.service.housekeeping import expire
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import events, recipients, rows, states
from smartupload.service.uploads import cancel, pause
from tests.inline import with_inline
from tests.notifiers import Collector, Postbox, Pushbox, with_notifiers
from tests.unit.person import Person


def kinds(ctx: Context, upload: UploadView) -> list[str]:
    with ctx.db.read() as session:
        found = session.exec(select(Event).where(Event.upload_id == upload.id).order_by(col(Event.id)))
        return [event.kind.removeprefix("upload.") for event in found]


def deliveries(ctx: Context, kind: str) -> set[tuple[str, str]]:
    with ctx.db.read() as session:
        statement = select(Delivery).join(Event, col(Event.id) == col(Delivery.event_id)).where(Event.kind == kind)
        return {(row.channel, row.target) for row in session.exec(statement)}


def row_of(ctx: Context, upload: UploadView) -> Upload:
    with ctx.db.read() as session:
        row = session.get(Upload, upload.id)
    assert row is not None
    return row


def write(ctx: Context, *rows: Any) -> None:
    with ctx.db.write() as session:
        session.add_all(rows)


def test_each_step_of_the_way_is_an_event_once(ctx: Context, person: Person) -> None:
    upload = person.creates()
    assert kinds(ctx, upload) == ["created"]
    person.creates(key="the same")
    again = person.creates(key="the same")
    assert kinds(ctx, again) == ["created"]
    with pytest.raises(PartsMissing):
        person.completes(upload)
    assert kinds(ctx, upload) == ["created"], "what was refused has not happened"
    person.sends(upload, person.cut(upload))
    for _ in range(3):
        person.completes(upload)
    finish.run(ctx, upload.id)
    assert kinds(ctx, upload) == ["created", "completed", "ready"]


def test_what_consumers_get(ctx: Context, person: Person) -> None:
    upload = person.uploads("été.mov", 2000)
    page = events.since(ctx)
    assert [event["kind"] for event in page.events] == ["upload.created", "upload.completed", "upload.ready"]
    [created, completed, ready] = page.events
    assert [int(event["id"]) for event in page.events] == sorted(int(event["id"]) for event in page.events)
    assert (created["upload"]["state"], created["upload"]["checksum"]) == ("uploading", None)
    assert completed["upload"]["state"] == "scanning"
    assert ready["at"] == ctx.clock.now().isoformat()
    assert ready["upload"] == {
        "id": upload.id,
        "owner": "anna",
        "name": "été.mov",
        "size": 2000,
        "type": ready["upload"]["type"],
        "state": "ready",
        "scan": "off",
        "checksum": row_of(ctx, upload).checksum,
        "confirmed_bytes": 2000,
        "share_url": upload.share_url,
        "error": None,
        "metadata": {},
        "uploader": "",
        "created_at": ctx.clock.now().isoformat(),
        "completed_at": ctx.clock.now().isoformat(),
    }


class Suspicious:
    """Scanner that finds something in everything."""

    def scan(self, chunks: Iterable[bytes]) -> str | None:
        assert sum(map(len, chunks)) > 0
        return "Eicar-Test"

    def ping(self) -> None:
        """Answers."""


SCANNED = {"scan": "required", "clamd_url": "tcp://localhost:3310"}


def test_blocked_failed_and_expired_say_why(make_context: Callable[..., Context]) -> None:
    ctx = replace(make_context(**SCANNED), scanner=Suspicious())
    assert isinstance(ctx.clock, ManualClock)
    assert isinstance(ctx.store, MemoryStore)
    quiet = Person(replace(ctx, finisher=None))

    blocked = quiet.uploads("a.bin")
    for _ in range(2):
        finish.run(ctx, blocked.id)
    assert kinds(ctx, blocked) == ["created", "completed", "blocked"]

    failed = quiet.uploads("b.bin")
    ctx.store.objects.clear()
    for _ in range(2):
        finish.run(ctx, failed.id)
    assert kinds(ctx, failed) == ["created", "completed", "failed"]

    expired = quiet.creates("c.bin")
    ctx.clock.move(8 * 86400)
    expire.expire(ctx)
    expire.expire(ctx)
    assert kinds(ctx, expired) == ["created", "expired"]

    said = {event["kind"]: event["upload"] for event in events.since(ctx).events}
    assert said["upload.blocked"]["error"]["code"] == "virus_found"
    assert said["upload.failed"]["error"]["code"] == "file_lost"
    assert said["upload.blocked"]["checksum"] is None


def test_a_ready_file_that_is_deleted_is_told_to_programs_once(told: Context) -> None:
    person = Person(told)
    upload = person.uploads("a.bin", 2000)
    for _ in range(2):
        cancel.cancel_upload(told, "anna", upload.id)
    assert kinds(told, upload) == ["created", "completed", "ready", "deleted"]
    said = events.since(told).events[-1]
    assert (said["kind"], said["upload"]["state"], said["upload"]["id"]) == (events.DELETED, "cancelled", upload.id)
    assert deliveries(told, events.DELETED) == {("webhook", "")}


def test_other_changes_are_none(ctx: Context, person: Person) -> None:
    upload = person.creates()
    pause.pause_upload(ctx, "anna", upload.id)
    pause.resume_upload(ctx, "anna", upload.id)
    cancel.cancel_upload(ctx, "anna", upload.id)
    assert kinds(ctx, upload) == ["created"]


def test_whoever_comes_too_late_writes_none(ctx: Context, person: Person) -> None:
    upload = person.creates()
    seen = row_of(ctx, upload)
    assert rows.move(ctx, seen, states.GIVE_UP) is not None
    assert rows.move(ctx, seen, states.GIVE_UP) is None
    assert kinds(ctx, upload) == ["created", "failed"]


def test_no_event_without_the_change_and_no_change_without_the_event(
    ctx: Context, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = person.creates()

    def full(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(recipients, "of_all", full)
    with pytest.raises(OSError, match="full"):
        rows.move(ctx, row_of(ctx, upload), states.GIVE_UP)
    assert row_of(ctx, upload).state == UPLOADING
    assert kinds(ctx, upload) == ["created"]


def test_reminders_are_for_people_only(told: Context) -> None:
    upload = Person(told).creates()
    with told.db.write() as session:
        events.record(told, session, row_of(told, upload), recipients.REMINDER)
    assert deliveries(told, recipients.REMINDER) == {("push", "push-anna")}
    assert [event["kind"] for event in events.since(told).events] == ["upload.created"]


def test_pages_for_those_who_were_away(ctx: Context, person: Person) -> None:
    for _ in range(5):
        person.creates()
    page = events.since(ctx, limit=2)
    seen = [event["id"] for event in page.events]
    while page.next_after is not None:
        page = events.since(ctx, page.next_after, limit=2)
        seen += [event["id"] for event in page.events]
    assert len(seen) == 5
    assert seen == sorted(set(seen), key=int)
    assert events.since(ctx, seen[-1]).events == []
    for wrong in ("-1", "x", "1.5", "", "9" * 30):
        with pytest.raises(InvalidRequest):
            events.since(ctx, wrong)


# -- who is told


@pytest.fixture
def told(make_context: Callable[..., Context]) -> Context:
    """Everything set up, an administrator, and two people with a browser that takes pushes and an address each."""
    ctx = make_context(admin_emails="root@example.org", wait_threshold_seconds="45")
    ctx = with_notifiers(ctx, Collector(), Postbox(), Pushbox())
    now = ctx.clock.now()
    for owner in ("anna", "ben"):
        write(
            ctx,
            PushSubscription(
                id=f"push-{owner}", owner=owner, endpoint=f"https://push/{owner}", p256dh="p", auth="a", created_at=now
            ),
            Contact(owner=owner, email=f"{owner}@example.org", secret="s", created_at=now),
        )
    return ctx


def finishes(ctx: Context, after: float, **more: Any) -> UploadView:
    person = Person(ctx)
    upload = person.creates(**more)
    person.sends(upload, person.cut(upload))
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(after)
    return person.completes(upload)


def test_programs_get_everything_and_people_what_took_long(told: Context) -> None:
    finishes(told, after=44)
    for kind in ("created", "completed", "ready"):
        assert deliveries(told, f"upload.{kind}") == {("webhook", "")}
    finishes(told, after=45)
    assert deliveries(told, "upload.completed") == {("webhook", "")}
    assert deliveries(told, "upload.ready") == {("webhook", ""), ("push", "push-anna"), ("mail", "anna")}


def test_each_event_says_what_was_said_of_the_file(ctx: Context) -> None:
    Person(ctx).uploads(metadata={"ticket": "42", "note": "é😀"}, uploader="attachments")
    told = events.since(ctx).events
    assert [event["kind"] for event in told] == ["upload.created", "upload.completed", "upload.ready"]
    assert [(event["upload"]["metadata"], event["upload"]["uploader"]) for event in told] == [
        ({"ticket": "42", "note": "é😀"}, "attachments")
    ] * 3


def test_mails_wait_for_one_another(told: Context) -> None:
    finishes(told, after=100)
    with told.db.read() as session:
        due = {row.channel: row.due_at for row in session.exec(select(Delivery))}
    assert due["push"] == told.clock.now()
    assert due["mail"] == told.clock.now() + timedelta(seconds=60)


def test_whoever_watches_is_told_however_quick_it_was(told: Context) -> None:
    person = Person(told)
    upload = person.creates()
    write(told, Watch(upload_id=upload.id, owner="ben", created_at=told.clock.now()))
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    assert deliveries(told, "upload.ready") == {("webhook", ""), ("push", "push-ben"), ("mail", "ben")}


def test_whoever_wants_no_mails_or_no_pushes_gets_none(told: Context) -> None:
    with told.db.write() as session:
        contact = session.get(Contact, "anna")
        assert contact is not None
        contact.mails = False
    finishes(told, after=100)
    assert deliveries(told, "upload.ready") == {("webhook", ""), ("push", "push-anna")}


def test_what_is_blocked_is_told_at_once_and_to_the_administrators(told: Context) -> None:
    settings = told.settings.model_copy(update=SCANNED)
    finishes(with_inline(replace(told, settings=settings, scanner=Suspicious())), after=0)
    assert deliveries(told, "upload.blocked") == {
        ("webhook", ""),
        ("push", "push-anna"),
        ("mail", "anna"),
        ("mail", "admin:root@example.org"),
    }
