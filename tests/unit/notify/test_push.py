"""What a push says, to whom, and when it is not worth saying any more: read by a browser that decrypts it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from smartupload.adapters.webpush import WebPush
from smartupload.errors import TargetGone, TryAgain, Undeliverable
from smartupload.models import Contact, Delivery, Event, PushSubscription, Upload
from smartupload.service.context import Context
from smartupload.service.links import watchers
from smartupload.service.notify import endpoints, push, subscriptions
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import events, recipients, rows, states
from smartupload.service.uploads import cancel
from tests.fixtures_push import KEY, PushService, Subscribed, push_service
from tests.inline import with_inline
from tests.unit.person import Person

__all__ = ["push_service"]

SIZE = 2_140_000_000


@pytest.fixture
def ctx(make_context: Callable[..., Context], push_service: PushService) -> Generator[Context]:
    """One that pushes."""
    made = make_context(push_hosts=push_service.place)
    pusher = WebPush(KEY, "mailto:admin@example.org", endpoints.rule(made.settings.push_hosts))
    yield with_inline(replace(made, pusher=pusher))
    pusher.close()


@pytest.fixture
def browser(ctx: Context, push_service: PushService) -> Subscribed:
    """Anna's, which takes pushes."""
    return takes_pushes(ctx, push_service, "anna")


def takes_pushes(ctx: Context, push_service: PushService, owner: str) -> Subscribed:
    browser = push_service.subscribes()
    target = browser.target
    subscriptions.subscribe(ctx, owner, target.endpoint, target.p256dh, target.auth)
    return browser


ENDS = {
    "scanning": [states.CLAIM, states.MAKE],
    "ready": [states.CLAIM, states.MAKE, states.PUBLISH],
    "blocked": [states.CLAIM, states.MAKE, states.BLOCK],
    "failed": [states.GIVE_UP],
    "expired": [states.EXPIRE],
}


def becomes(ctx: Context, upload: UploadView, state: str, **values: Any) -> None:
    """The upload ends so, after a minute that nobody sat and watched."""
    ctx.clock.move(60)  # pyright: ignore[reportAttributeAccessIssue]
    row = rows.load(ctx, upload_owner(ctx, upload), upload.id)
    *before, last = ENDS[state]
    for transition in before:
        row = rows.move(ctx, row, transition)
        assert row is not None
    assert rows.move(ctx, row, last, **values) is not None


def upload_owner(ctx: Context, upload: UploadView) -> str:
    with ctx.db.read() as session:
        row = session.get(Upload, upload.id)
    assert row is not None
    return row.owner


def reminds(ctx: Context, upload: UploadView) -> None:
    with ctx.db.write() as session:
        row = session.get(Upload, upload.id)
        assert row is not None
        events.record(ctx, session, row, recipients.REMINDER)


def due(ctx: Context) -> list[tuple[Event, str]]:
    """What waits to be pushed."""
    statement = (
        select(Event, Delivery.target)
        .join(Delivery, col(Delivery.event_id) == col(Event.id))
        .where(Delivery.channel == recipients.PUSH)
        .order_by(col(Delivery.id))
    )
    with ctx.db.read() as session:
        return [(event, target) for event, target in session.exec(statement)]


def sends(ctx: Context) -> None:
    """Push all of it."""
    for event, target in due(ctx):
        push.send(ctx, event, target)


@pytest.mark.parametrize(
    ("state", "values", "title", "body"),
    [
        ("ready", {}, "big.mov is ready", "2.14 GB. Open it or send the link."),
        ("blocked", {"error_detail": "A virus was found."}, "big.mov was blocked", "A virus was found."),
        (
            "failed",
            {"error_detail": "The storage lost it. Drop it again."},
            "big.mov did not arrive",
            "The storage lost it. Drop it again.",
        ),
        ("expired", {}, "big.mov did not arrive in time", "It stood still for too long, so what was here has been"),
    ],
)
def test_what_its_owner_reads(
    ctx: Context,
    person: Person,
    browser: Subscribed,
    push_service: PushService,
    state: str,
    values: dict[str, str],
    title: str,
    body: str,
) -> None:
    upload = person.creates("big.mov", SIZE)
    becomes(ctx, upload, state, **values)
    sends(ctx)
    [pushed] = push_service.pushed
    said = pushed.said
    assert said.pop("body").startswith(body)
    assert said == {
        "kind": f"upload.{state}",
        "upload_id": upload.id,
        "name": "big.mov",
        "title": title,
        "url": f"/f/{upload.share_token}",
        "lang": "en",
        "dir": "ltr",
    }
    assert browser.endpoint.endswith(pushed.path)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,32}", pushed.headers["topic"])


@pytest.mark.parametrize(
    ("percent", "paused", "title", "body"),
    [
        (67, False, "67 % of big.mov is here", "Open to continue."),
        (67, True, "67 % of big.mov is here", "You paused it. Open and press Resume."),
        (0, False, "big.mov is not here yet", "Open to continue."),
        (100, False, "99 % of big.mov is here", "Open to continue."),
    ],
)
def test_the_reminder(
    ctx: Context,
    person: Person,
    browser: Subscribed,
    push_service: PushService,
    percent: int,
    paused: bool,
    title: str,
    body: str,
) -> None:
    upload = person.creates("big.mov", SIZE)
    with ctx.db.write() as session:
        row = session.get(Upload, upload.id)
        assert row is not None
        row.confirmed_bytes, row.state = SIZE * percent // 100, "paused" if paused else "uploading"
    reminds(ctx, upload)
    sends(ctx)
    said = push_service.pushed[0].said
    assert (said["kind"], said["title"], said["body"], said["url"]) == ("upload.reminder", title, body, "/")


@pytest.mark.parametrize(
    ("state", "title", "body"),
    [
        ("ready", "big.mov has arrived", "2.14 GB. You wanted to know"),
        ("blocked", "big.mov was blocked", "It did not pass the check, so nobody can open it. Ask the sender"),
        ("failed", "big.mov did not arrive", "Ask the sender"),
        ("expired", "big.mov did not arrive in time", "Ask the sender"),
    ],
)
def test_what_a_visitor_reads_who_waited(
    ctx: Context, person: Person, push_service: PushService, state: str, title: str, body: str
) -> None:
    upload = person.creates("big.mov", SIZE)
    takes_pushes(ctx, push_service, "ben")
    watchers.watch(ctx, "ben", upload.share_token)
    becomes(ctx, upload, state, error_detail="A reason for its owner.")
    sends(ctx)
    [pushed] = push_service.pushed
    assert pushed.said["title"] == title
    assert pushed.said["body"].startswith(body)
    assert pushed.said["url"] == f"/f/{upload.share_token}"


def test_all_browsers_of_a_person(ctx: Context, person: Person, browser: Subscribed, push_service: PushService) -> None:
    other = takes_pushes(ctx, push_service, "anna")
    takes_pushes(ctx, push_service, "ben")  # does not wait for it
    becomes(ctx, person.creates(), "ready")
    sends(ctx)
    assert {push_service.origin + pushed.path for pushed in push_service.pushed} == {browser.endpoint, other.endpoint}
    assert len({pushed.headers["topic"] for pushed in push_service.pushed}) == 1


def switched_off(ctx: Context, upload: UploadView, browser: Subscribed) -> None:
    with ctx.db.write() as session:
        session.add(Contact(owner="anna", secret="x", pushes=False, created_at=ctx.clock.now()))


def unsubscribed(ctx: Context, upload: UploadView, browser: Subscribed) -> None:
    subscriptions.unsubscribe(ctx, browser.endpoint)


def somebody_elses(ctx: Context, upload: UploadView, browser: Subscribed) -> None:
    target = browser.target
    subscriptions.subscribe(ctx, "ben", target.endpoint, target.p256dh, target.auth)


def deleted(ctx: Context, upload: UploadView, browser: Subscribed) -> None:
    cancel.cancel_upload(ctx, "anna", upload.id)


@pytest.mark.parametrize("meanwhile", [switched_off, unsubscribed, somebody_elses, deleted])
def test_no_longer_wanted(
    ctx: Context,
    person: Person,
    browser: Subscribed,
    push_service: PushService,
    meanwhile: Callable[[Context, UploadView, Subscribed], None],
) -> None:
    upload = person.creates()
    becomes(ctx, upload, "ready")
    assert len(due(ctx)) == 1
    meanwhile(ctx, upload, browser)
    sends(ctx)
    assert push_service.asked == []


def test_a_reminder_of_what_has_gone_on(
    ctx: Context, person: Person, browser: Subscribed, push_service: PushService
) -> None:
    upload = person.creates()
    reminds(ctx, upload)
    becomes(ctx, upload, "scanning")
    sends(ctx)
    assert push_service.asked == []


def test_a_visitor_who_does_not_wait_any_more(ctx: Context, person: Person, push_service: PushService) -> None:
    upload = person.creates()
    takes_pushes(ctx, push_service, "ben")
    watchers.watch(ctx, "ben", upload.share_token)
    becomes(ctx, upload, "ready")
    assert len(due(ctx)) == 1
    watchers.unwatch(ctx, "ben", upload.share_token)
    sends(ctx)
    assert push_service.asked == []


def left(ctx: Context) -> int:
    with ctx.db.read() as session:
        return len(list(session.exec(select(PushSubscription))))


def test_a_browser_that_is_no_more_is_forgotten(
    ctx: Context, person: Person, browser: Subscribed, push_service: PushService
) -> None:
    becomes(ctx, person.creates(), "ready")
    [(event, target)] = due(ctx)
    push_service.answers_next(410)
    with pytest.raises(TargetGone):
        push.send(ctx, event, target)
    assert left(ctx) == 0
    push.send(ctx, event, target)
    assert len(push_service.asked) == 1


@pytest.mark.parametrize(("status", "fault"), [(429, TryAgain), (500, TryAgain), (403, Undeliverable)])
def test_other_answers_leave_it_as_it_is(
    ctx: Context,
    person: Person,
    browser: Subscribed,
    push_service: PushService,
    status: int,
    fault: type[Exception],
) -> None:
    becomes(ctx, person.creates(), "ready")
    [(event, target)] = due(ctx)
    push_service.answers_next(status, retry_after="5")
    with pytest.raises(fault):
        push.send(ctx, event, target)
    assert left(ctx) == 1
    push.send(ctx, event, target)
    assert len(push_service.pushed) == 1


def test_it_fits_whatever_the_name_and_the_reason(
    ctx: Context, person: Person, browser: Subscribed, push_service: PushService
) -> None:
    for name, reason in (
        ("🎬" * 60 + ".mov", "🎬" * 1000),
        ('"' * 200 + ".mov", "\x01" * 1000),
        ("a" * 251 + ".mov", "x" * 5000),
    ):
        upload = person.creates(name)
        becomes(ctx, upload, "blocked", error_detail=reason)
        sends_last = due(ctx)[-1]
        push.send(ctx, *sends_last)
        pushed = push_service.pushed[-1]
        assert len(pushed.payload) < 3 * 1024
        assert pushed.said["name"].startswith(name[:40])
        assert pushed.said["name"].endswith(".mov")
        assert pushed.said["body"] == reason[:299] + "…"


def test_the_topic_tells_uploads_apart_and_not_which_they_are() -> None:
    topics = {push.topic(f"upload{number}") for number in range(50)}
    assert len(topics) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", topic) for topic in topics)
    assert push.topic("upload1") == push.topic("upload1")


def test_where_nothing_is_pushed(make_context: Callable[..., Context]) -> None:
    ctx = make_context()
    event = Event(upload_id="x", owner="anna", kind="upload.ready", body=json.dumps({}), created_at=ctx.clock.now())
    with pytest.raises(Undeliverable):
        push.send(ctx, event, "x")
