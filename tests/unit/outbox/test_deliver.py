"""What is sent when, in which order, how often, and what becomes of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select
from structlog.testing import capture_logs

from smartupload.adapters.memory import ManualClock
from smartupload.errors import TargetGone, TryAgain, Undeliverable
from smartupload.models import DEAD, SENT, WAITING, Delivery, Event, Upload
from smartupload.service.context import Context
from smartupload.service.outbox import deliver, replay
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import lease, rows
from smartupload.service.records.recipients import ADMIN, MAIL, QUEUE, WEBHOOK
from smartupload.service.records.states import GIVE_UP
from tests.notifiers import Collector, Postbox, Pushbox, with_notifiers
from tests.unit.person import Person

LEASE = deliver.LEASES[WEBHOOK]


@pytest.fixture
def webhook() -> Collector:
    return Collector()


@pytest.fixture
def ctx(ctx: Context, webhook: Collector) -> Context:
    """With a webhook, and ways to people."""
    return with_notifiers(ctx, webhook, Postbox(), Pushbox())


@pytest.fixture
def person(ctx: Context) -> Person:
    return Person(ctx)


def move(ctx: Context, seconds: float) -> None:
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(seconds)


def round_(ctx: Context, channel: str = WEBHOOK, limit: int = 100) -> int:
    """One look, and all that it finds sent."""
    batches = deliver.claim(ctx, {channel: limit})
    for batch in batches:
        deliver.send(ctx, batch)
    return len(batches)


def rounds(ctx: Context, channel: str = WEBHOOK) -> None:
    """Until there is nothing to do at this moment."""
    while round_(ctx, channel):
        pass


def states(ctx: Context, channel: str = WEBHOOK) -> list[str]:
    with ctx.db.read() as session:
        found = session.exec(select(Delivery).where(Delivery.channel == channel).order_by(col(Delivery.event_id)))
        return [row.state for row in found]


def the_only(ctx: Context) -> Delivery:
    with ctx.db.read() as session:
        return session.exec(select(Delivery)).one()


def test_each_event_once_and_in_its_order(ctx: Context, webhook: Collector, person: Person) -> None:
    upload = person.uploads()
    rounds(ctx)
    assert webhook.kinds == ["created", "completed", "ready"]
    assert {message.group for message in webhook.messages} == {upload.id}
    assert states(ctx) == [SENT] * 3
    move(ctx, 10 * 86400)
    assert round_(ctx) == 0


def test_an_upload_waits_for_its_first_event_and_others_do_not(
    ctx: Context, webhook: Collector, person: Person
) -> None:
    stuck = person.uploads()
    assert isinstance(ctx.clock, ManualClock)
    webhook.faults = [TryAgain("down")]
    assert round_(ctx) == 1, "one event of an upload at a time"
    other = person.uploads()
    rounds(ctx)
    assert [message.group for message in webhook.messages] == [other.id] * 3
    move(ctx, 2 * deliver.WAITS[0])
    rounds(ctx)
    assert [message.kind for message in webhook.messages if message.group == stuck.id] == [
        "upload.created",
        "upload.completed",
        "upload.ready",
    ]


def test_what_waits_for_another_is_not_looked_at_in_vain(ctx: Context, webhook: Collector, person: Person) -> None:
    person.uploads()
    webhook.faults = [TryAgain("down")]
    round_(ctx)
    with ctx.db.read() as session:
        due = [row.due_at for row in session.exec(select(Delivery).order_by(col(Delivery.event_id)))]
    assert due[0] > ctx.clock.now()
    assert due == [due[0]] * 3


def test_five_failures_then_success(ctx: Context, webhook: Collector, person: Person) -> None:
    person.creates()
    webhook.faults = [TryAgain("down")] * 5
    for tries, wait in enumerate(deliver.WAITS[:5], start=1):
        assert round_(ctx) == 1
        assert (webhook.tries, the_only(ctx).error) == (tries, "down")
        move(ctx, 0.7 * wait)
        assert round_(ctx) == 0, "not before its time"
        move(ctx, 0.6 * wait)
    assert round_(ctx) == 1
    assert (webhook.kinds, states(ctx), the_only(ctx).attempts) == (["created"], [SENT], 6)
    move(ctx, 86400)
    assert round_(ctx) == 0


def test_given_up_after_a_day_and_something_and_what_follows_goes_out(
    ctx: Context, webhook: Collector, person: Person
) -> None:
    person.uploads()
    began = ctx.clock.now()
    webhook.faults = [TryAgain("it answered 500")] * (len(deliver.WAITS) + 1)
    while webhook.faults:
        assert round_(ctx) == 1
        with ctx.db.read() as session:
            due = session.exec(select(Delivery.due_at).order_by(col(Delivery.event_id))).first()
        assert due is not None
        if webhook.faults:
            move(ctx, (due - ctx.clock.now()).total_seconds())
    assert timedelta(hours=22) < ctx.clock.now() - began < timedelta(hours=35)
    assert states(ctx) == [DEAD, WAITING, WAITING]
    rounds(ctx)
    assert (webhook.kinds, states(ctx)) == (["completed", "ready"], [DEAD, SENT, SENT])
    [dead] = replay.deliveries(ctx).deliveries
    assert (dead.kind, dead.error, dead.attempts) == ("upload.created", "it answered 500", len(deliver.WAITS) + 1)


def test_refused_for_good(ctx: Context, webhook: Collector, person: Person) -> None:
    person.uploads()
    webhook.faults = [Undeliverable("no")]
    rounds(ctx)
    assert (webhook.kinds, states(ctx)) == (["completed", "ready"], [DEAD, SENT, SENT])


def test_a_receiver_that_is_no_more_is_no_dead_letter(ctx: Context, webhook: Collector, person: Person) -> None:
    person.uploads()
    webhook.faults = [TargetGone("it answered 410")]
    with capture_logs() as logs:
        rounds(ctx)
    assert (webhook.kinds, states(ctx)) == (["completed", "ready"], [SENT, SENT, SENT])
    assert replay.deliveries(ctx).deliveries == []
    assert {line["log_level"] for line in logs} == {"info"}
    gone = replay.deliveries(ctx, SENT).deliveries[0]
    assert (gone.error, gone.sent_at) == ("it answered 410", None)


def test_a_fault_nobody_foresaw_is_tried_again(ctx: Context, webhook: Collector, person: Person) -> None:
    person.creates()
    webhook.faults = [RuntimeError("what?")]
    round_(ctx)
    assert (the_only(ctx).state, the_only(ctx).error) == (WAITING, "RuntimeError: what?")


def test_the_plan_of_waits() -> None:
    def seconds(attempts: int, after: float | None = None, chance: float = 0.5) -> float:
        return deliver.wait_before(attempts, after, chance).total_seconds()

    assert [seconds(tries) for tries in (1, 2, 11, 99)] == [5, 15, 43200, 43200]
    assert (seconds(3, chance=0), seconds(3, chance=1)) == (48, 72)
    assert 27 * 3600 < sum(deliver.WAITS) < 29 * 3600
    assert seconds(1, after=120) == 120
    assert seconds(4, after=1) == 300
    assert seconds(1, after=1e9) == 86400


def test_the_receiver_says_when(ctx: Context, webhook: Collector, person: Person) -> None:
    person.creates()
    webhook.faults = [TryAgain("busy", after=600)]
    round_(ctx)
    move(ctx, 599)
    assert round_(ctx) == 0
    move(ctx, 1)
    assert round_(ctx) == 1
    assert states(ctx) == [SENT]


def test_whoever_was_killed_loses_its_turn_after_the_lease(ctx: Context, webhook: Collector, person: Person) -> None:
    person.uploads()
    [lost] = deliver.claim(ctx, {WEBHOOK: 10})
    move(ctx, LEASE - 1)
    assert round_(ctx) == 0
    move(ctx, 1)
    rounds(ctx)
    assert webhook.kinds == ["created", "completed", "ready"]
    deliver._put_off(ctx, lost, "it came back to life", None)
    assert states(ctx) == [SENT] * 3


def test_one_who_lost_its_lease_does_not_shorten_the_next_ones(
    ctx: Context, webhook: Collector, person: Person
) -> None:
    person.creates()
    [slow] = deliver.claim(ctx, {WEBHOOK: 1})
    move(ctx, LEASE)
    [quick] = deliver.claim(ctx, {WEBHOOK: 1})
    webhook.faults = [TryAgain("down"), Undeliverable("no")]
    deliver.send(ctx, slow)
    assert the_only(ctx).due_at == ctx.clock.now() + timedelta(seconds=LEASE)
    deliver.send(ctx, slow)
    assert states(ctx) == [WAITING]
    deliver.send(ctx, quick)
    assert (states(ctx), webhook.kinds) == ([SENT], ["created"])


def test_many_may_try_and_each_event_goes_out_once(ctx: Context, webhook: Collector, person: Person) -> None:
    uploads = [person.uploads() for _ in range(6)]
    gate = threading.Barrier(4)

    def work(_: int) -> None:
        gate.wait()
        while set(states(ctx)) != {SENT}:
            round_(ctx, limit=2)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert states(ctx) == [SENT] * 18
    for upload in uploads:
        kinds = [message.kind for message in webhook.messages if message.group == upload.id]
        assert kinds == ["upload.created", "upload.completed", "upload.ready"]


def test_channels_do_not_wait_for_one_another(ctx: Context, webhook: Collector) -> None:
    queue = Collector()
    both = replace(ctx, queue=queue)
    assert deliver.channels(both) == ["webhook", "queue", "push", "mail"]
    Person(both).creates()
    webhook.faults = [TryAgain("down")] * 100
    rounds(both)
    rounds(both, QUEUE)
    assert (webhook.kinds, queue.kinds) == ([], ["created"])


def test_replay(ctx: Context, webhook: Collector, person: Person) -> None:
    person.uploads()
    webhook.faults = [Undeliverable("no"), Undeliverable("no"), Undeliverable("no")]
    rounds(ctx)
    assert states(ctx) == [DEAD] * 3
    dead = replay.deliveries(ctx).deliveries
    assert [item.kind for item in dead] == ["upload.created", "upload.completed", "upload.ready"]
    assert replay.replay(ctx, channel="mail") == 0
    assert replay.replay(ctx, [dead[2].id, "99999"]) == 1
    rounds(ctx)
    assert webhook.kinds == ["ready"]
    assert replay.replay(ctx) == 2
    rounds(ctx)
    assert webhook.kinds == ["ready", "created", "completed"]
    assert replay.deliveries(ctx).deliveries == []
    assert replay.replay(ctx) == 0


def test_lists_in_pages(ctx: Context, webhook: Collector, person: Person) -> None:
    for _ in range(5):
        person.creates()
    webhook.faults = [Undeliverable("no")] * 5
    rounds(ctx)
    first = replay.deliveries(ctx, limit=3)
    assert first.next_after == first.deliveries[-1].id
    second = replay.deliveries(ctx, after=first.next_after or "", limit=3)
    assert (len(first.deliveries), len(second.deliveries), second.next_after) == (3, 2, None)
    assert replay.deliveries(ctx, channel="push").deliveries == []


def test_what_was_claimed_before_and_after_a_fault_is_sent(
    ctx: Context, webhook: Collector, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away while the second of three is claimed."""
    uploads = [person.creates().id for _ in range(3)]
    take = lease.take

    def takes(session: Session, claimed: Sequence[Delivery], *given: Any, **values: Any) -> Any:
        if claimed[0].upload_id == uploads[1]:
            raise OperationalError("UPDATE", {}, ConnectionError("refused"))
        return take(session, claimed, *given, **values)

    with monkeypatch.context() as away:
        away.setattr(lease, "take", takes)
        assert round_(ctx) == 2
    assert [message.group for message in webhook.messages] == [uploads[0], uploads[2]]
    assert round_(ctx) == 1
    assert webhook.messages[-1].group == uploads[1]


# -- mails


def mails(ctx: Context, upload: UploadView, *targets: str, due: datetime) -> None:
    """Something happened that these people get a mail about."""
    with ctx.db.write() as session:
        event = Event(upload_id=upload.id, owner=upload.id, kind="upload.ready", body="{}", created_at=due)
        session.add(event)
        session.flush()
        assert event.id is not None
        for target in targets:
            given: dict[str, Any] = {"event_id": event.id, "upload_id": upload.id, "channel": MAIL, "target": target}
            session.add(Delivery(**given, due_at=due, created_at=due))


def test_what_ends_within_a_minute_is_one_mail(ctx: Context, person: Person) -> None:
    now = ctx.clock.now()
    uploads = [person.creates() for _ in range(4)]
    for number, upload in enumerate(uploads):
        mails(ctx, upload, "anna", *(["ben"] if number == 3 else []), due=now + timedelta(seconds=60 + 20 * number))
    free = {MAIL: 10}
    assert deliver.claim(ctx, free) == []
    move(ctx, 60)
    [batch] = deliver.claim(ctx, free)
    assert (batch.channel, batch.target) == (MAIL, "anna")
    assert [event.upload_id for event in batch.events] == [upload.id for upload in uploads]
    assert deliver.claim(ctx, free) == [], "all of them are in somebody's hands"
    move(ctx, 60)
    [batch] = deliver.claim(ctx, free)
    assert (batch.target, len(batch.events)) == ("ben", 1)


def test_mails_that_failed_stay_one_and_take_later_ones_along(ctx: Context, person: Person) -> None:
    now = ctx.clock.now()
    for _ in range(2):
        mails(ctx, person.creates(), "anna", due=now)
    [batch] = deliver.claim(ctx, {MAIL: 10})
    deliver._put_off(ctx, batch, "the server is down", 30)
    mails(ctx, person.creates(), "anna", due=now + timedelta(seconds=60))
    move(ctx, 29)
    assert deliver.claim(ctx, {MAIL: 10}) == []
    move(ctx, 1)
    [batch] = deliver.claim(ctx, {MAIL: 10})
    assert [row.attempts for row in batch.deliveries] == [2, 2, 1]


def test_so_many_mails_at_a_time(ctx: Context, person: Person) -> None:
    for number in range(5):
        mails(ctx, person.creates(), f"{ADMIN}{number}@example.org", due=ctx.clock.now())
    assert [len(deliver.claim(ctx, {MAIL: 2})) for _ in range(4)] == [2, 2, 1, 0]


def test_an_upload_that_is_gone_takes_its_deliveries_along(ctx: Context, webhook: Collector, person: Person) -> None:
    upload = person.creates()
    [batch] = deliver.claim(ctx, {WEBHOOK: 1})
    with ctx.db.write() as session:
        session.delete(session.get(Upload, upload.id))
    deliver.send(ctx, batch)
    assert (webhook.kinds, states(ctx)) == (["created"], [])


def test_the_order_holds_for_what_happens_while_something_is_sent(
    ctx: Context, webhook: Collector, person: Person
) -> None:
    upload = person.creates()

    def meanwhile() -> None:
        webhook.while_sending = lambda: None
        with ctx.db.read() as session:
            row = session.get(Upload, upload.id)
        assert row is not None
        rows.move(ctx, row, GIVE_UP)
        assert deliver.claim(ctx, {WEBHOOK: 10}) == []

    webhook.while_sending = meanwhile
    rounds(ctx)
    assert webhook.kinds == ["created", "failed"]
